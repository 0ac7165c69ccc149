import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { freePort } from '../../test/helper/ports.ts';
import { type Answer, headersByName } from './answer.ts';
import { scratchFolder } from './scratch.ts';
import { type Server, startServer } from './servers.ts';

/** Headers that nginx makes itself for a file. */
const NGINX_OWN = new Set(['content-type', 'content-length', 'etag']);

/** Where root starts it, its worker would be another user, who may not look into a temporary folder. */
const WORKER_USER = process.getuid?.() === 0 ? 'user root;' : '';

/**
 * nginx' own advice on throughput: one worker per core, sendfile with tcp_nopush, open files remembered, no access log,
 * connections kept for as many requests as come (nginx.org, ngx_http_core_module; nginx blog, "Tuning NGINX").
 */
const configuration = (folder: string, location: string): string => `
daemon off;
${WORKER_USER}
worker_processes 1;
pid ${folder}/pid;
error_log stderr crit;
events { worker_connections 16384; }
worker_rlimit_nofile 20000;
http {
  access_log off;
  server_tokens off;
  sendfile on;
  tcp_nopush on;
  tcp_nodelay on;
  keepalive_timeout 75s;
  keepalive_requests 1000000000;
  open_file_cache max=1000 inactive=60s;
  open_file_cache_valid 60s;
  client_body_temp_path ${folder}/client;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  proxy_cache_path ${folder}/cache keys_zone=images:10m use_temp_path=off;
${location}
}
`;

async function startNginx(
  server: (folder: string, port: number) => string,
  files: Readonly<Record<string, Buffer>> = {},
): Promise<Server> {
  const folder = scratchFolder();
  const port = await freePort();
  await mkdir(join(folder, 'cache'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, 'files', path)), { recursive: true });
    await writeFile(join(folder, 'files', path), content);
  }
  const file = join(folder, 'nginx.conf');
  await writeFile(file, configuration(folder, server(folder, port)));
  return startServer(['nginx', '-e', 'stderr', '-p', folder, '-c', file], { port });
}

/** nginx with a file at `path` that has the answer's bytes, sent with its headers. */
export function startNginxFile(path: string, answer: Answer): Promise<Server> {
  const headers = Object.entries(headersByName(answer));
  const added = headers
    .filter(([name]) => !NGINX_OWN.has(name))
    .map(([name, value]) => `add_header ${name} '${value}';`);
  const type = headersByName(answer)['content-type'];
  const server = (folder: string, port: number): string => `server {
    listen 127.0.0.1:${port} backlog=4096;
    root ${folder}/files;
    types {}
    default_type ${type};
    ${added.join('\n    ')}
  }`;
  return startNginx(server, { [path]: answer.body });
}

/** nginx with its proxy_cache in front of a server. */
export function startNginxCache(origin: string): Promise<Server> {
  const server = (_folder: string, port: number): string => `upstream origin {
    server ${new URL(origin).host};
    keepalive 16;
  }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location / {
      proxy_pass http://origin;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_cache images;
      proxy_cache_lock on;
    }
  }`;
  return startNginx(server);
}
