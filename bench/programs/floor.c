/*
 * The floor: what an answer costs the system alone. One thread, one epoll set; whatever a connection sends, it is sent the
 * same ready bytes, and nobody looks at what it has asked. No server that reads requests can be cheaper.
 *
 * Usage: floor FILE: the bytes of a whole answer. Prints `listening at http://127.0.0.1:{port}`.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_ANSWER = 1 << 20, MAX_EVENTS = 1024, READ = 65536 };

static char answer[MAX_ANSWER], request[READ];

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int watch(int set, int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  return epoll_ctl(set, EPOLL_CTL_ADD, fd, &event);
}

static int listen_on_loopback(void) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) || listen(fd, 4096)) fail("listen");
  if (getsockname(fd, (struct sockaddr *)&address, &size)) fail("getsockname");
  printf("listening at http://127.0.0.1:%d\n", ntohs(address.sin_port));
  fflush(stdout);
  return fd;
}

int main(int count, char **arguments) {
  FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
  if (!file) fail("floor FILE");
  size_t length = fread(answer, 1, sizeof answer, file);
  if (length == 0 || length == sizeof answer) fail("an answer of less than 1 MiB");
  fclose(file);
  signal(SIGPIPE, SIG_IGN);

  int set = epoll_create1(0), listener = listen_on_loopback();
  if (set < 0 || watch(set, listener)) fail("epoll");
  struct epoll_event events[MAX_EVENTS];
  for (;;) {
    int ready = epoll_wait(set, events, MAX_EVENTS, -1);
    if (ready < 0 && errno != EINTR) fail("epoll_wait");
    for (int i = 0; i < ready; i++) {
      int fd = events[i].data.fd;
      if (fd == listener) {
        for (int one; (one = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
          setsockopt(one, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
          if (watch(set, one)) close(one);
        }
        continue;
      }
      ssize_t got = read(fd, request, sizeof request);
      if (got < 0 && errno == EAGAIN) continue;
      /* A peer that takes less than a whole answer at once is not one that this measures. */
      if (got <= 0 || write(fd, answer, length) != (ssize_t)length) close(fd);
    }
  }
}
