import { Validator } from '@seriousme/openapi-schema-validator';
import t from 'tap';
import { DIALECTS } from '../../../src/dialects/table.ts';
import { ERRORS } from '../../../src/errors.ts';
import { mountOf } from '../../../src/http/pages/docs.ts';
import { EXAMPLES } from '../../../src/http/pages/llms.ts';
import { variants } from '../../../src/http/pages/openapi.ts';
import { beyond, exampleOf } from '../../../src/http/pages/reference.ts';
import { SERVICE_ROUTES } from '../../../src/http/pages/service-routes.ts';
import { PAGE_PATHS } from '../../../src/http/pages/site.ts';
import { OPTIONS, SHOWN_OPTIONS } from '../../../src/options/option-table.ts';
import { testApp } from '../../helper/app.ts';

t.test('the reference tells no lie', async (t) => {
  const app = await testApp(t);
  const get = (url: string, accept = '*/*') => app.inject({ url, headers: { accept } });

  t.test('every example answers, and every bound + 1 is refused', async (t) => {
    for (const name of SHOWN_OPTIONS) {
      t.equal((await get(exampleOf(name))).statusCode, 200, exampleOf(name));
      const out = beyond(name);
      if (out === undefined) continue;
      const refused = await get(out);
      t.equal(refused.statusCode, 400, out);
      t.match(refused.json(), { code: OPTIONS[name].code ?? 'invalid-option', parameter: name });
    }
    t.equal(
      SHOWN_OPTIONS.filter((name) => beyond(name) === undefined).length,
      1,
      'only a seed may be anything',
    );
  });

  t.test('/docs has each option, grammar and kind of error, and its links work', async (t) => {
    const page = (await get('/docs', 'text/html')).body;
    for (const name of SHOWN_OPTIONS) t.ok(page.includes(`id="${name}"`), name);
    for (const code of Object.keys(ERRORS)) t.ok(page.includes(`id="${code}"`), code);
    t.ok(
      page.includes('weight must be an integer from 100 to 900 or bold'),
      'errors are told in their words',
    );
    const ids = Array.from(page.matchAll(/ id="([^"]+)"/g), ([, id]) => id);
    t.equal(new Set(ids).size, ids.length, 'no id is there twice');
    const links = [...page.matchAll(/ href="(\/[^"]*)"/g)].map(([, href = '']) =>
      href.replaceAll('&amp;', '&').replaceAll('&#39;', "'"),
    );
    const answers: [number, string][] = [];
    for (const href of new Set(links)) answers.push([(await get(href)).statusCode, href]);
    t.same(
      answers.filter(([status]) => status !== 200),
      [],
    );
    t.ok(answers.length > DIALECTS.length * 2, 'the examples of all grammars are among them');
    for (const row of DIALECTS) t.ok(page.includes(mountOf(row)), row.name);
    t.match((await get('/image/600x400?font=none')).json(), { type: '/docs#invalid-option' });
  });

  t.test('/openapi.json is OpenAPI 3.1, with each optional part of a path', async (t) => {
    const document = (await get('/openapi.json')).json();
    const result = await new Validator().validate(structuredClone(document));
    t.same(result.errors ?? [], []);
    t.equal(result.valid, true);
    t.equal(document.openapi, '3.1.0');
    t.same(variants('/a[/b[/c]][.d]'), ['/a', '/a.d', '/a/b', '/a/b.d', '/a/b/c', '/a/b/c.d']);
    const parameters = document.components.parameters;
    t.same(Object.keys(parameters), SHOWN_OPTIONS);
    const paths = Object.keys(document.paths);
    for (const row of DIALECTS)
      t.ok(
        paths.some((path) => path.startsWith(mountOf(row))),
        row.name,
      );
    for (const code of Object.keys(ERRORS)) t.ok(document.components.responses[code], code);
    t.same(
      document.components.schemas.Problem.properties.type.enum,
      Object.keys(ERRORS).map((code) => `/docs#${code}`),
    );
    const samples: Record<string, string> = {};
    for (const [path, { get: operation }] of Object.entries<{
      get: { parameters?: { name?: string; example?: unknown }[] };
    }>(document.paths)) {
      for (const { name, example } of operation.parameters ?? [])
        if (name) samples[name] = encodeURIComponent(String(example));
      const url = path.replace(/\{(\w+)\}/g, (_all, name) => samples[name] ?? '');
      if (path.startsWith('/image') || path.startsWith('/avatar'))
        t.equal((await get(url)).statusCode, 200, url);
    }
  });

  t.test('the documents list every route', async (t) => {
    const tree = app.printRoutes({ commonPrefix: false });
    const routes = Array.from(tree.matchAll(/^ {4}[├└]── ([\w.-]+) \(GET/gm), ([, name]) => `/${name}`);
    const told = SERVICE_ROUTES.map(({ path }) => path);
    const pages = Object.values(PAGE_PATHS);
    t.same(
      routes.filter((path) => !told.includes(path) && !pages.includes(path)),
      [],
    );
    for (const { path, parameter, type } of SERVICE_ROUTES) {
      const query = parameter ? `?${parameter.name}=${encodeURIComponent(parameter.example)}` : '';
      const { statusCode, headers } = await get(path + query);
      t.equal(statusCode, 200, path);
      t.match(headers['content-type'], type);
    }
  });

  t.test('/llms.txt has the grammar and twenty working examples', async (t) => {
    const { body, headers } = await get('/llms.txt');
    t.match(headers['content-type'], /^text\/plain/);
    t.equal(EXAMPLES.length, 20);
    for (const path of EXAMPLES) {
      t.ok(body.includes(path));
      t.equal((await get(path)).statusCode, 200, path);
    }
  });

  t.test('pages are compressed, and sent again only if they changed', async (t) => {
    for (const url of ['/', '/docs', '/openapi.json', '/llms.txt', '/icons.json']) {
      const headers = { accept: 'text/html', 'accept-encoding': 'gzip, br' };
      const first = await app.inject({ url, headers });
      t.match(
        first.headers,
        { 'content-encoding': 'br', 'cache-control': 'no-cache', vary: /Accept-Encoding/ },
        url,
      );
      const again = await app.inject({
        url,
        headers: { ...headers, 'if-none-match': String(first.headers['etag']) },
      });
      t.equal(again.statusCode, 304);
      const plain = await app.inject({ url, headers: { accept: 'text/html', 'accept-encoding': 'br;q=0' } });
      t.equal(plain.headers['content-encoding'], undefined);
    }
  });

  t.test('pages allow only reading', async (t) => {
    for (const url of ['/', '/docs', '/status', '/llms.txt', '/explain.json']) {
      const options = await app.inject({ method: 'OPTIONS', url });
      t.match([options.statusCode, options.headers['allow']], [204, 'GET, HEAD, OPTIONS'], url);
      const posted = await app.inject({ method: 'POST', url, payload: { a: 1 } });
      t.match([posted.statusCode, posted.json()], [405, { code: 'method-not-allowed', instance: url }], url);
    }
    const { statusCode, headers } = await get('/docs/', 'text/html');
    t.match([statusCode, headers['location']], [308, '/docs']);
    const host = 'placehold.co';
    const foreign = await app.inject({ method: 'OPTIONS', url: '/', headers: { host } });
    t.match([foreign.statusCode, foreign.headers['allow']], [204, 'GET, HEAD, OPTIONS'], 'of a service too');
  });

  t.test('the playground weighs at most 40 kB, under its policy', async (t) => {
    const headers = { accept: 'text/html', 'accept-encoding': 'br' };
    const page = await app.inject({ url: '/', headers });
    t.equal(
      page.headers['content-security-policy'],
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    const plain = (await get('/', 'text/html')).body;
    const files = Array.from(plain.matchAll(/"(\/assets\/[^"]+)"/g), ([, path = '']) => path);
    t.equal(files.length, 2);
    let weight = page.rawPayload.length;
    for (const url of files) {
      const file = await app.inject({ url, headers });
      t.match(file.headers, {
        'cache-control': 'public, max-age=31536000, immutable',
        'content-encoding': 'br',
      });
      weight += file.rawPayload.length;
    }
    t.ok(weight < 40_000, `${weight} bytes`);
    t.equal((await get('/assets/playground-AAAAAAAA.js')).statusCode, 404);
  });

  t.test('a client that does not prefer HTML gets six lines', async (t) => {
    for (const accept of ['*/*', 'application/json', '']) {
      const { body, headers } = await get('/', accept);
      t.match(headers, { 'content-type': /^text\/plain/, vary: /Accept/ });
      t.equal(body.trimEnd().split('\n').length, 6);
    }
    const [url] = /http:\S+\/image\/600x400/.exec((await get('/')).body) ?? [];
    t.equal((await get(new URL(url ?? '').pathname)).statusCode, 200);
  });

  t.test('the root of a service stays its own', async (t) => {
    const placehold = await app.inject({
      url: '/?text=Hi',
      headers: { host: 'placehold.co', accept: 'text/html' },
    });
    t.notMatch(placehold.headers['content-type'], /text\/html/);
    const rooted = await testApp(t, { DIALECT: 'placehold.co' });
    const root = await rooted.inject({ url: '/?text=Hi', headers: { accept: 'text/html' } });
    t.same(
      [root.statusCode, root.headers['content-type']],
      [placehold.statusCode, placehold.headers['content-type']],
    );
  });
});
