import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { startChromium } from '../../helper/chromium.ts';
import { until, visit } from '../../helper/page.ts';
import { startService } from '../../helper/service.ts';

t.test('the status page moves while requests run, and recovers when the service is back', async (t) => {
  const context = await startChromium(t);
  const env = { ADMIN_TOKEN: 'secret' };
  const first = await startService(t, { env });
  const { page, faults } = await visit(context, `${first.url}/status`);
  const text = async (selector: string): Promise<string> =>
    (await page.locator(selector).textContent()) ?? '';
  await until(async () => (await text('#live')) === 'live', 'it is live');
  for (let i = 0; i < 20; i++) await (await fetch(`${first.url}/image/${20 + (i % 4)}`)).arrayBuffer();
  await until(async () => Number(await text('#peak')) > 1, 'the line has moved');
  await until(async () => (await page.locator('#pictures li').count()) === 4, 'the pictures are shown');
  await until(async () => /hit ratio now8\d\.\d %/.test(await text('#tiers')), 'the ratio of now is there');
  t.match(await text('#tiers'), /memory.*of 67\.1 MB/s);
  t.match(await text('#process'), /^stateready/);
  t.match(await text('#renders'), /png4\d+(?:\.\d)? m?s/);
  t.same(faults, []);

  await page.locator('#token').fill('wrong');
  await page.getByRole('button', { name: 'Purge' }).click();
  await until(
    async () => (await text('#purged')) === 'This is not the admin token',
    'a wrong token is refused',
  );
  await page.locator('#token').fill('secret');
  await page.getByRole('button', { name: 'Purge' }).click();
  await until(async () => /^Purged \d+ pictures?$/.test(await text('#purged')), 'the right one purges');

  await first.stop('SIGKILL');
  await until(async () => /^no answer since/.test(await text('#live')), 'it says that nobody answers');
  await startService(t, { env: { ...env, PORT: String(first.port) } });
  await until(async () => (await text('#live')) === 'live', 'it has recovered');
});

t.test(
  'a page of another origin that asks for isolation shows, fetches and reads back a picture',
  async (t) => {
    const context = await startChromium(t);
    const { url: origin } = await startService(t);
    const script = `
    const [shown, read] = ['/image/40x20/f00.png?text=', '/image/40x20/00f.png?text='].map((path) => '${origin}' + path);
    const image = Object.assign(new Image(), { crossOrigin: 'anonymous', src: read });
    const plain = Object.assign(new Image(), { src: shown });
    Promise.all([image.decode(), plain.decode(), fetch(shown).then((one) => one.blob())]).then(([, , blob]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 20 });
      canvas.getContext('2d').drawImage(image, 0, 0);
      const pixel = canvas.getContext('2d').getImageData(5, 5, 1, 1).data.join();
      document.title = [crossOriginIsolated, plain.naturalWidth, blob.type, pixel].join(' ');
    });`;
    const server = createServer((_request, response) =>
      response
        .writeHead(200, {
          'content-type': 'text/html',
          'cross-origin-embedder-policy': 'require-corp',
          'cross-origin-opener-policy': 'same-origin',
        })
        .end(`<!doctype html><title>?</title><script>${script}</script>`),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.teardown(() => server.close());
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await until(async () => (await page.title()) !== '?', 'the page is done');
    t.equal(await page.title(), 'true 40 image/png 0,0,255,255');
  },
);
