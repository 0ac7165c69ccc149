import Fastify from 'fastify';
import t from 'tap';
import greyboxPlugin from '../src/fastify.ts';
import { createGreybox } from '../src/index.ts';

/** An app of somebody else's, with what a plugin could disturb. */
function hostApp() {
  const app = Fastify();
  const seen: string[] = [];
  app.addHook('onRequest', async ({ url }) => void seen.push(url));
  app.setErrorHandler((error: Error, _request, reply) => reply.code(418).send({ mine: error.message }));
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ mine: 'nothing' }));
  app.post('/echo', async ({ body }) => body);
  app.get('/fails', async () => {
    throw new Error('failed');
  });
  return { app, seen };
}

t.test('below a prefix all is greybox, and the rest of the app stays as it is', async (t) => {
  const { app, seen } = hostApp();
  t.teardown(() => app.close());
  const methods = app.supportedMethods;
  app.register(greyboxPlugin, { prefix: '/placeholders', maxDimension: 100 });
  await app.ready();

  const picture = await app.inject('/placeholders/image/60x40.webp?text=a');
  t.match([picture.statusCode, picture.headers['content-type']], [200, 'image/webp']);
  t.strictSame(seen, ['/placeholders/image/60x40.webp?text=a'], 'hooks of the app see it');
  const again = await app.inject('/placeholders/image/60x40.webp?text=a');
  t.equal(again.headers['x-cache'], 'hit-memory');
  const { url } = (await app.inject('/placeholders/image/60x40.json')).json();
  t.equal(url, 'http://localhost:80/placeholders/image/60x40.png');
  t.equal((await app.inject(new URL(url).pathname)).statusCode, 200);
  for (const [target, status, code] of [
    ['/placeholders/image/101', 400, 'invalid-size'],
    ['/placeholders/nothing', 404, 'not-found'],
    ['/placeholders/60x40', 400, 'invalid-option'],
  ] as const) {
    const response = await app.inject(target);
    t.match([response.statusCode, response.json()], [status, { code, instance: target }]);
  }
  for (const [target, named] of [
    ['60x40', '/placeholders/image/60x40'],
    ['img/60x40', '/placeholders/image/60x40'],
    ['60&text=Hi', '/placeholders/image/60?text=Hi'],
    ['image?width=60&height=40', '/placeholders/image/60x40'],
    ['image/placehold.co/60x40', '/placeholders/placehold.co/60x40'],
    ['nothing', '/placeholders/image/600x400'],
  ] as const) {
    const { detail } = (await app.inject(`/placeholders/${target}`)).json();
    t.ok(detail.includes(` ${named}`), `${target}: ${detail}`);
    t.equal((await app.inject(named.replace('600x400', '60x40'))).statusCode, 200, named);
  }
  t.equal((await app.inject({ method: 'OPTIONS', url: '/placeholders/image/60x40' })).statusCode, 204);
  const refused = await app.inject({ method: 'POST', url: '/placeholders/image/60x40', payload: { a: 1 } });
  t.match([refused.statusCode, refused.headers['allow']], [405, 'GET, HEAD, OPTIONS']);

  const echo = await app.inject({ method: 'POST', url: '/echo', payload: { a: 1 } });
  t.strictSame(echo.json(), { a: 1 });
  const xml = {
    method: 'POST',
    url: '/echo',
    payload: '<a/>',
    headers: { 'content-type': 'text/xml' },
  } as const;
  t.equal((await app.inject(xml)).statusCode, 418, 'no parser was added');
  t.match((await app.inject('/fails')).json(), { mine: 'failed' });
  t.match((await app.inject('/nothing')).json(), { mine: 'nothing' });
  t.match((await app.inject('/image/60x40')).json(), { mine: 'nothing' });
  t.strictSame(app.supportedMethods, methods);
  const response = await app.greybox.fetch(new Request('http://a/image/60x40.webp?text=a'));
  t.equal(response.headers.get('x-cache'), 'hit-memory', 'app.greybox is the same');
});

t.test("without a prefix only the grammars' own paths are greybox", async (t) => {
  const { app } = hostApp();
  t.teardown(() => app.close());
  app.register(greyboxPlugin);
  app.get('/healthz', async () => 'mine');
  app.get('/*', async () => 'any');
  for (const target of ['/image/60x40', '/avatar/64/Ada']) {
    t.match((await app.inject(target)).headers, { 'content-type': 'image/png' }, target);
  }
  t.match((await app.inject('/image')).json(), { code: 'invalid-size' });
  t.equal((await app.inject('/healthz')).body, 'mine');
  t.equal((await app.inject('/60x40')).body, 'any');
});

t.test('the pages are below the prefix too, where they are asked for', async (t) => {
  const { app } = hostApp();
  t.teardown(() => app.close());
  app.register(greyboxPlugin, { prefix: '/placeholders', pages: true });
  const get = (url: string, accept = 'text/html') => app.inject({ url, headers: { accept } });
  const links = new Set<string>();
  for (const url of ['/placeholders/', '/placeholders/docs']) {
    const { statusCode, headers, body } = await get(url);
    t.match([statusCode, headers['content-type']], [200, /^text\/html/], url);
    for (const [, path = ''] of body.matchAll(/ (?:href|src|action)="([^"#][^"]*)"/g)) links.add(path);
  }
  const astray = [...links].filter((path) => !/^(?:\/placeholders\/|data:)/.test(path));
  t.strictSame(astray, [], 'all links stay below it');
  const files = [...links].filter((path) => /\/assets\/|json$|txt$/.test(path));
  t.ok(files.length >= 5);
  for (const path of files) t.equal((await get(path)).statusCode, 200, path);
  const { spelled, isOwn, snippets } = (
    await get('/placeholders/explain.json?url=/placeholders/image/60x40/fff')
  ).json();
  t.match([spelled, isOwn], ['/placeholders/image/60x40/ffffff', true]);
  t.match(snippets.img, /http:\/\/localhost:80\/placeholders\/image\/60x40/);
  t.match((await get('/placeholders/explain.json')).json(), { code: 'invalid-option', parameter: 'url' });
  t.match((await get('/placeholders/', '*/*')).body, /\/placeholders\/image\/600x400/);
  const form = await get('/placeholders/?dimensions=60x40&show=');
  t.equal(form.headers['location'], '/placeholders/image/60x40');
  t.equal((await get('/placeholders/image/60x40')).headers['content-type'], 'image/png');
  t.match((await get('/docs')).json(), { mine: 'nothing' }, 'nothing else of the app is changed');
});

t.test('within the prefix of another plugin, and with parameters in it', async (t) => {
  const app = Fastify();
  t.teardown(() => app.close());
  app.register(async (api) => void api.register(greyboxPlugin, { prefix: '/:tenant' }), { prefix: '/api' });
  const { url } = (await app.inject('/api/a%20b/image/60x40.json')).json();
  t.equal(url, 'http://localhost:80/api/a%20b/image/60x40.png');
});

t.test('one that was made before is shared, and stays open', async (t) => {
  await using greybox = createGreybox();
  const apps = [Fastify(), Fastify()];
  for (const app of apps) app.register(greyboxPlugin, { greybox, prefix: '/a' });
  const [first, second] = apps;
  t.equal((await first?.inject('/a/image/60x40'))?.headers['x-cache'], 'miss');
  t.equal((await second?.inject('/a/image/60x40'))?.headers['x-cache'], 'hit-memory');
  t.equal(first?.greybox, greybox);
  await Promise.all(apps.map((app) => app.close()));
  // In a thread: it would be ended.
  t.equal((await greybox.fetch(new Request('http://a/image/2000x2000.webp'))).status, 200);
});

t.test('wrong settings keep the app from starting', async (t) => {
  const app = Fastify();
  t.teardown(() => app.close());
  app.register(greyboxPlugin, { maxPixels: 0 });
  await t.rejects(async () => void (await app.ready()), {
    name: 'ConfigError',
    message: /maxPixels must be/,
  });
});

t.test('a prefix may end in a slash, and errors name the reference below it', async (t) => {
  for (const [prefix, mount] of [
    ['/p/', '/p'],
    ['p', '/p'],
    ['/', ''],
  ] as const) {
    const app = Fastify();
    t.teardown(() => app.close());
    await app.register(greyboxPlugin, { prefix, pages: true });
    t.equal((await app.inject(`${mount}/image/60x40`)).statusCode, 200, prefix);
    const { type } = (await app.inject(`${mount}/image/0x40`)).json();
    t.equal(type, `${mount}/docs#invalid-size`);
    t.match((await app.inject(type)).body, 'id="invalid-size"');
  }
  const app = Fastify();
  t.teardown(() => app.close());
  await app.register(greyboxPlugin, { prefix: '/p' });
  t.match((await app.inject('/p/image/0x40')).json(), { type: '/docs#invalid-size' }, 'there is none');
});

t.test("Fastify's own options of a plugin are Fastify's", async (t) => {
  const lines: string[] = [];
  const app = Fastify({ logger: { stream: { write: (line: string) => void lines.push(line) } } });
  t.teardown(() => app.close());
  await app.register(greyboxPlugin, { prefix: '/p', logLevel: 'silent', logSerializers: { req: () => 'r' } });
  t.equal((await app.inject('/p/image/60x40')).statusCode, 200);
  t.strictSame(lines, []);
});

t.test('a given instance must be one, and has its settings', async (t) => {
  const greybox = createGreybox();
  t.teardown(() => greybox.close());
  for (const [options, message] of [
    [{ greybox: {} }, /must be an instance that createGreybox has made/],
    [{ greybox: null }, /must be an instance that createGreybox has made/],
    [{ greybox, maxDimension: 10 }, /give maxDimension to createGreybox/],
  ] as const) {
    const app = Fastify();
    await t.rejects(async () => app.register(greyboxPlugin, options as object), {
      name: 'TypeError',
      message,
    });
    await app.close().catch(() => undefined);
  }
});
