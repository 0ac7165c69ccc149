import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import t, { type Test } from 'tap';
import { build, createLogger, createServer, type InlineConfig, preview } from 'vite';
import { renderPlaceholder } from '../src/index.ts';
import greybox, { type GreyboxViteOptions } from '../src/vite.ts';

t.setTimeout(120_000);

const FIXTURE = fileURLToPath(new URL('fixtures/vite-app', import.meta.url));

/** A picture of the app's own, where one of ours could be. */
const MINE = (await renderPlaceholder({ width: 5, height: 5 })).body;

/** A copy of the fixture, and what Vite is told of it. */
function project(t: Test, base = '/', options: GreyboxViteOptions = {}) {
  const root = mkdtempSync(join(tmpdir(), 'greybox-vite-'));
  t.teardown(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));
  cpSync(FIXTURE, root, { recursive: true });
  mkdirSync(join(root, 'public/image'), { recursive: true });
  writeFileSync(join(root, 'public/image/mine.png'), MINE);
  const logged: string[] = [];
  const logger = createLogger('silent');
  logger.info = logger.warn = (message) => void logged.push(message);
  const config: InlineConfig = {
    root,
    base,
    configFile: false,
    cacheDir: join(root, '.cache'),
    customLogger: logger,
    build: { minify: false },
    server: { host: '127.0.0.1', port: 0 },
    preview: { host: '127.0.0.1', port: 0 },
    plugins: [greybox(options)],
  };
  return { root, config, logged };
}

/** All text of a build: HTML, style sheets and scripts. */
function textsOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const texts = files.filter((file) => /\.(?:html|css|js)$/.test(file));
  return texts.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
}

/** URLs of services that a text names, but for links to the services themselves. */
const remoteIn = (text: string): string[] => text.match(/https:\/\/[\w.-]+\/[^\s"'`)]+/g) ?? [];

/** What no build can know: a name, a key, what is put together at run time, and what is wrong. */
const STAYS = [
  'https://placehold.co/66x46',
  /* biome-ignore lint/suspicious/noTemplateCurlyInString: it is what the script says */
  'https://placehold.co/${width}x47/png',
  'https://placehold.co/68x48/png?text=',
  'https://placehold.co/70000x1',
];

for (const base of ['/', '/app/', './', 'https://cdn.example/x/']) {
  t.test(`a build with base ${base} names files instead`, async (t) => {
    const { root, config, logged } = project(t, base);
    await build(config);
    const dist = join(root, 'dist');
    const text = textsOf(dist);
    const remote = remoteIn(text).filter((url) => !url.startsWith('https://cdn.example/'));
    t.strictSame(remote.sort(), [...STAYS].sort());
    const assets = readdirSync(join(dist, 'assets')).filter((file) => !/\.(?:css|js)$/.test(file));
    t.equal(assets.length, 15);
    for (const file of assets) {
      t.match(file, /^\d+x\d+-[\w-]{8}\.(?:png|jpeg|webp|avif|svg)$/);
      t.ok(text.includes(file), `${file} is named`);
      const { format, width, height } = await sharp(join(dist, 'assets', file)).metadata();
      t.equal(format === 'heif' ? 'avif' : format, extname(file).slice(1));
      t.ok(file.startsWith(`${width}x${height}-`), 'of its size');
    }
    for (const name of text.match(/assets\/[\w.-]+/g) ?? [])
      t.ok(readdirSync(join(dist, 'assets')).includes(name.slice(7)), `${name} is there`);
    t.same(readFileSync(join(dist, 'image/mine.png')), MINE);
    t.match(text, base === './' ? 'src="./image/mine.png"' : `src="${base}image/mine.png"`);
    t.match(text, '"/image/:id"');
    t.match(logged.join('\n'), /^greybox: 15 pictures, \d+\.\d kB$/m);
    t.match(logged.join('\n'), /^greybox: https:\/\/placehold\.co\/70000x1 stays: width must be/m);
  });
}

t.test('include and exclude name services', async (t) => {
  const { root, config } = project(t, '/', {
    include: ['placehold.co', 'picsum.photos'],
    exclude: 'fastly.picsum.photos',
  });
  await build(config);
  const hosts = new Set(remoteIn(textsOf(join(root, 'dist'))).map((url) => new URL(url).host));
  t.ok(hosts.has('picsum.photos') && hosts.has('dummyimage.com') && hosts.has('via.placeholder.com'));
  t.ok(readdirSync(join(root, 'dist/assets')).some((file) => file.startsWith('1200x630-')));
  t.throws(() => greybox({ exclude: 'nowhere.example' }), {
    message: /^exclude must name some of .*picsum\.photos.*, got nowhere\.example$/,
  });
  t.throws(() => greybox({ maxPixels: -1 }), { name: 'ConfigError' });
  for (const given of [null, 5, []] as unknown[] as object[])
    t.throws(() => greybox(given), { name: 'ConfigError', message: /^settings must be an object/ });
});

for (const base of ['/', '/app/']) {
  t.test(`servers with base ${base} answer on the app's own origin`, async (t) => {
    const { root, config } = project(t, base);
    const server = await createServer(config);
    t.teardown(() => server.close());
    await server.listen();
    const { port } = (server.httpServer as Server).address() as AddressInfo;
    const origin = `http://127.0.0.1:${port}`;
    const html = await (await fetch(`${origin}${base}`)).text();
    const style = await (
      await fetch(`${origin}${base}src/style.css`, { headers: { accept: 'text/css' } })
    ).text();
    const script = await (await fetch(`${origin}${base}src/main.js`)).text();
    const data = await (await fetch(`${origin}${base}src/data.json?import`)).text();
    const [imported = ''] = /\/[^"]*placeholder:[^"]*/.exec(script) ?? [];
    const made = await (await fetch(origin + imported)).text();
    const text = [html, style, script, data, made].join('\n');
    t.strictSame(
      remoteIn(text).filter((url) => !STAYS.includes(url)),
      [],
      'no other host is asked',
    );
    const paths = [
      'picsum.photos/id/3/120/80',
      'placehold.co/30x20/png',
      'placehold.co/65x45/png',
      'via.placeholder.com/50x30/ff0000/fff',
      'dummyimage.com/61x41/000/fff',
      'ui-avatars.com/api/?name=Ada+Lovelace',
      'image/63x43.webp?text=Hi',
    ];
    for (const path of paths) {
      t.ok(text.includes(base + path), `${base}${path} is named`);
      const response = await fetch(origin + base + path);
      t.match([response.status, response.headers.get('content-type')], [200, /^image\//], path);
      await response.arrayBuffer();
    }
    for (const path of ['/image/60x40', '/placeholder.svg?height=30&width=50', '/api/placeholder/40/30']) {
      const response = await fetch(origin + path);
      t.match(
        [response.status, response.headers.get('content-type')],
        [200, /^image\//],
        `${path}, as scripts name it`,
      );
      await response.arrayBuffer();
    }
    const mine = Buffer.from(await (await fetch(`${origin}${base}image/mine.png`)).arrayBuffer());
    t.same(mine, MINE, 'files of the app go first');
    t.match(await (await fetch(`${origin}${base}@vite/client`)).text(), /HMRClient/);

    const updates: unknown[] = [];
    const { hot } = server.environments.client;
    const { send } = hot;
    const updated = new Promise<void>((resolve) => {
      hot.send = (...args: unknown[]) => {
        updates.push(args[0]);
        resolve();
        return (send as (...args: unknown[]) => void).apply(hot, args);
      };
    });
    writeFileSync(join(root, 'src/style.css'), '.a { background: url(https://placehold.co/69x49/png) }');
    await updated;
    t.match(updates[0], { type: 'update', updates: [{ path: '/src/style.css' }] });
  });
}

t.test('preview answers what is put together at run time', async (t) => {
  const { config } = project(t, '/app/');
  await build(config);
  const server = await preview(config);
  t.teardown(() => server.close());
  const { port } = server.httpServer.address() as AddressInfo;
  for (const path of ['/app/image/60x40.webp', '/image/60x40.webp', '/app/placehold.co/68x48/png?text=64']) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    t.match([response.status, response.headers.get('content-type')], [200, /^image\//], path);
    await response.arrayBuffer();
  }
  const closed = once(server.httpServer, 'close');
  await server.close();
  await closed;
});

t.test('a build replaces what browsers load, whole, and leaves text alone', async (t) => {
  const { root, config } = project(t);
  const text = 'see https://placehold.co/61x41';
  writeFileSync(
    join(root, 'index.html'),
    [
      `<!doctype html><!-- ${text} --><title>t</title><script type="module" src="/page.js"></script>`,
      `<p>${text}, and it's <code>&lt;img src="https://placehold.co/62x42"&gt;</code></p>`,
      `<img src="/image/63x43?text=it's"><img srcset="/image/64x44?text=(it's) 1x, /image/65x45 2x" alt=it's>`,
      `<style>.i { background: url(/image/66x46) }</style>`,
    ].join('\n'),
  );
  writeFileSync(
    join(root, 'page.js'),
    `import './page.css'; document.title = "/image/67x47?text=it's"; document.body.append("/image/68x48?text=(a)")`,
  );
  writeFileSync(
    join(root, 'page.css'),
    [
      `/*! ${text} */`,
      `.a { content: "${text}"; --said: '${text}'; background: url("https://placehold.co/69x49") }`,
      `.b { background-image: image-set("https://placehold.co/70x50/png" 1x) }`,
      `.c { --shown: url(https://placehold.co/71x51) } [data-of="https://placehold.co/72x52"] { top: 0 }`,
    ].join('\n'),
  );
  await build({ ...config, build: { minify: false, cssMinify: false } });
  const built = textsOf(join(root, 'dist'));
  t.equal(built.split(text).length - 1, 5, 'comments, text, content and custom properties');
  t.match(built, '&lt;img src="https://placehold.co/62x42"&gt;');
  t.match(built, '[data-of="https://placehold.co/72x52"]');
  t.notMatch(built, root, 'no path of this machine');
  const files = readdirSync(join(root, 'dist/assets')).filter((file) => /^\d+x/.test(file));
  const sizes = files.map((file) => Number(file.slice(0, 2)));
  t.strictSame(sizes, [63, 64, 65, 66, 67, 68, 69, 70, 71]);
  for (const file of files)
    t.match(built, new RegExp(`/assets/${file}(?=["'\`) ])`), 'nothing is left of its URL');
});

t.test('a build that fails counts no pictures', async (t) => {
  const { root, config, logged } = project(t);
  writeFileSync(join(root, 'index.html'), '<!doctype html><script type="module" src="/page.js"></script>');
  writeFileSync(
    join(root, 'page.js'),
    `import url from 'placeholder:61x41'; import './gone.js'; console.log(url)`,
  );
  const message = await build(config).then(String, (error: Error) => error.message);
  t.match(message, /gone\.js/);
  t.strictSame(
    logged.filter((line) => line.startsWith('greybox: ')),
    [],
  );
});
