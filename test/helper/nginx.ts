import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { freePort } from './ports.ts';
import { endServer, type ServerProcess, startServer } from './process.ts';

/** Attempts to find a port that stays free until the server has it. */
const ATTEMPTS = 5;

/** One process, so that ending it ends everything; whatever it writes is below its folder. */
const configuration = (folder: string, server: string): string => `
daemon off;
master_process off;
pid ${folder}/pid;
error_log stderr notice;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/client;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  proxy_cache_path ${folder}/cache keys_zone=images:1m;
  ${server}
}
`;

async function launch(folder: string, server: string): Promise<ServerProcess> {
  const file = join(folder, 'nginx.conf');
  await writeFile(file, configuration(folder, server));
  // It says this once it listens.
  return startServer('nginx', ['-e', 'stderr', '-p', folder, '-c', file], /getrlimit\(RLIMIT_NOFILE\)/);
}

/**
 * Starts a real nginx with one `server` block; `t` ends it.
 * @param server makes the block, which listens on a port of 127.0.0.1
 * @returns its origin, without a slash at the end
 */
export async function runNginx(t: Test, server: (port: number) => string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'greybox-nginx-'));
  await mkdir(join(folder, 'cache'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      const nginx = await launch(folder, server(port));
      t.teardown(() => endServer(nginx));
      return `http://127.0.0.1:${port}`;
    } catch (error) {
      const taken = /Address already in use/.test((error as Error).message);
      if (!taken || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Starts nginx with its proxy_cache in front of a port of the loopback. `X-Proxy-Cache` says how its cache did. */
export const startNginx = (t: Test, origin: number): Promise<string> =>
  runNginx(
    t,
    (port) => `
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${origin};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_cache images;
      proxy_cache_lock on;
      proxy_cache_revalidate on;
      add_header X-Proxy-Cache $upstream_cache_status always;
    }
  }`,
  );
