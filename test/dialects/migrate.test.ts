import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { listen, testApp } from '../helper/app.ts';
import { startChromium } from '../helper/chromium.ts';
import { runNginx } from '../helper/nginx.ts';

// What docs/migrate.md has its readers copy is copied from there, and tried.

const PAGE = readFileSync(new URL('../../docs/migrate.md', import.meta.url), 'utf8');

/** The code of a language, block by block. */
const blocks = (language: string): string[] =>
  [...PAGE.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\n\`\`\``, 'gs'))].map(([, code = '']) => code);

/** A folder that is gone after the test. */
function folderOf(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'greybox-migrate-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function get(url: URL, host: string, ca: Buffer): Promise<IncomingMessage & { body: string }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: url.port,
      path: url.pathname + url.search,
      servername: host,
      ca,
    };
    request({ ...options, headers: { host } }, resolve)
      .on('error', reject)
      .end();
  });
  response.setEncoding('latin1');
  let body = '';
  for await (const chunk of response) body += chunk;
  return Object.assign(response, { body });
}

t.test('nginx with a certificate from openssl answers for the hosts of services', async (t) => {
  const folder = folderOf(t);
  const [, command = ''] = blocks('sh');
  t.match(command, /^openssl req /);
  execFileSync('sh', ['-c', command], { cwd: folder, stdio: 'ignore' });
  const ca = readFileSync(join(folder, 'placeholders.pem'));
  const app = await testApp(t, { TRUST_PROXY: '127.0.0.1' });
  const port = await listen(app);
  const [server = ''] = blocks('nginx');
  const origin = await runNginx(t, (at) =>
    server
      .replace('443', `127.0.0.1:${at}`)
      .replaceAll(/placeholders(?:-key)?\.pem/g, (name) => join(folder, name))
      .replace('127.0.0.1:3000', `127.0.0.1:${port}`),
  );
  for (const [host, path, type] of [
    ['via.placeholder.com', '/60x40.gif?text=Hi', 'image/gif'],
    ['placehold.co', '/60x40', 'image/svg+xml'],
    ['picsum.photos', '/id/237/60/40', 'image/jpeg'],
  ] as const) {
    const answer = await get(new URL(path, origin), host, ca);
    t.match([answer.statusCode, answer.headers['content-type']], [200, type], host);
  }
  const list = await get(new URL('/v2/list?limit=1', origin), 'picsum.photos', ca);
  t.match(JSON.parse(list.body), [{ download_url: /^https:\/\/picsum\.photos\/id\/0\// }]);
});

t.test('a browser that is told where a service is shows its pictures', async (t) => {
  const port = await listen(await testApp(t));
  const flag = /--host-resolver-rules="([^"]+)"/.exec(PAGE)?.[1] ?? '';
  t.match(flag, /MAP picsum\.photos 127\.0\.0\.1:3000/);
  const rules = flag.replaceAll('3000', String(port));
  const browser = await startChromium(t, {}, [`--host-resolver-rules=${rules}`]);
  const page = await browser.newPage();
  const sources = [
    'http://picsum.photos/id/237/60/40',
    'http://via.placeholder.com/60x40/f00/fff?text=Hi',
    `http://127.0.0.1:${port}/holder.js/100px40?text=Hi`,
    `http://127.0.0.1:${port}/placeholder.svg?width=60&height=40`,
  ];
  await page.goto(`http://127.0.0.1:${port}/healthz`);
  await page.setContent(
    `<body style="margin:0;width:300px">${sources.map((src) => `<img src="${src}">`).join('')}`,
  );
  await page.waitForFunction('[...document.images].every((image) => image.complete)');
  const sizes = await page.evaluate('[...document.images].map(({ width, height }) => [width, height])');
  t.strictSame(sizes, [
    [60, 40],
    [60, 40],
    [300, 40],
    [60, 40],
  ]);
});

t.test('the expression of the prefix way turns old URLs into ours', async (t) => {
  const folder = folderOf(t);
  execFileSync('mkdir', [join(folder, 'src')]);
  const file = join(folder, 'src', 'index.html');
  writeFileSync(file, '<img src="https://via.placeholder.com/60x40"><img src="http://www.placehold.it/60">');
  const [command = ''] = blocks('sh');
  execFileSync('sh', ['-c', command], { cwd: folder });
  t.equal(
    readFileSync(file, 'utf8'),
    '<img src="https://img.example/via.placeholder.com/60x40"><img src="https://img.example/placehold.it/60">',
  );
});

t.test('rewrites of frameworks are modules that name both paths', async (t) => {
  const [next, vite] = await Promise.all(
    blocks('js').map(async (code, at) => {
      const file = join(folderOf(t), `config-${at}.mjs`);
      writeFileSync(file, code);
      return (await import(file)).default;
    }),
  );
  const sources = (await next.rewrites()).map(({ source }: { source: string }) => source);
  t.strictSame(sources, ['/api/placeholder/:path*', '/placeholder.svg']);
  t.strictSame(Object.keys(vite.server.proxy), ['/api/placeholder', '/placeholder.svg']);
});
