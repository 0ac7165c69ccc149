import { DOMParser } from '@xmldom/xmldom';
import t from 'tap';
import { testApp } from '../helper/app.ts';

const HEADERS = { host: 'img.example:8080' };
const ORIGIN = 'http://img.example:8080';

t.test('explains a picture with every field', async (t) => {
  const app = await testApp(t);
  const response = await app.inject({
    url: '/image/0600x400@2x/FFF-red/black.json?text=Hi&border=2&quality=9&v=1&colour=red&txt=a',
    headers: HEADERS,
  });
  t.equal(response.statusCode, 200);
  t.match(response.headers, {
    'content-type': /^application\/json/,
    'cache-control': 'no-cache',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  });
  const path = '/image/600x400@2x.png?bg=ffffff-ff0000&border=2&text=Hi';
  const { etag, snippets, ...rest } = response.json();
  t.strictSame(rest, {
    options: {
      width: 600,
      height: 400,
      scale: 2,
      format: 'png',
      bg: 'ffffff-ff0000',
      fg: '000000',
      angle: 180,
      text: 'Hi',
      font: 'inter',
      weight: 600,
      size: null,
      align: 'center',
      padding: null,
      icon: null,
      lang: null,
      quality: null,
      radius: 0,
      border: '2,000000',
      pattern: 'none',
      scene: null,
      seed: null,
    },
    ignored: [
      { name: 'colour', nearest: 'border' },
      { name: 'txt', nearest: 'text' },
    ],
    path,
    url: ORIGIN + path,
    cacheKey: '1200.800.png?bg=ffffff-ff0000&border=2&scale=2&text=Hi',
  });
  const picture = await app.inject(path);
  t.equal(picture.headers.etag, etag, "the picture's own ETag");
  t.equal(picture.headers['x-cache'], 'hit-memory', "the picture's own key");
  t.strictSame(Object.keys(snippets), ['img', 'srcset', 'picture', 'css', 'markdown']);
});

t.test('the shortest spelling leaves out defaults', async (t) => {
  const app = await testApp(t);
  const table = [
    ['600x400.json', '/image/600x400.png'],
    ['600x400/ccc.json?text={width} × {height}&weight=600', '/image/600x400.png'],
    ['og.json?utm_source=x', '/image/1200x630.png'],
    ['400@3x.json', '/image/400x400@3x.png'],
    ['400.json?theme=dark', '/image/400x400.png?bg=27272a&fg=d4d4d8'],
    ['400.json?seed=a', '/image/400x400.png?bg=835cbe'],
    ['400.json?text=a(b)%27*!~', "/image/400x400.png?text=a(b)'*!~"],
  ] as const;
  for (const [target, path] of table) {
    const url = `/image/${encodeURI(decodeURI(target))}`;
    t.equal((await app.inject(url)).json().path, path, target);
  }
});

/** Labels that would end an attribute, a string or a link, or become markup. */
const HOSTILE = [
  `"><script>alert(1)</script>`,
  `' onerror='alert(1)`,
  'a & b < c > d "e"',
  '](javascript:alert(1)) [a',
  ')(',
  '`code` *b* _i_ \\ \\\\',
  'two\\nlines',
  '</svg>&lt;&#x26;',
  '{{7*7}} $1 %s',
  '\u202Eabc\u2066',
  '😀 שלום',
];

/** The element of an HTML snippet; these are made so that they are XML, too, but for the ends of void elements. */
function element(html: string) {
  const xml = html.replace(/(<(?:img|source) (?:[^>"]|"[^"]*")*)>/g, '$1/>');
  const root = new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  }).parseFromString(xml, 'text/xml').documentElement;
  if (!root) throw new Error('no element');
  return root;
}

t.test('snippets may contain any label, and none of it becomes markup', async (t) => {
  const app = await testApp(t);
  for (const text of HOSTILE) {
    const target = `/image/60x40.json?text=${encodeURIComponent(text)}`;
    const { url, path, options, snippets, cacheKey } = (
      await app.inject({ url: target, headers: HEADERS })
    ).json();
    const img = element(snippets.img);
    const names = Array.from(img.attributes, ({ name }) => name);
    t.strictSame(names, ['src', 'width', 'height', 'alt'], text);
    t.equal(img.getAttribute('src'), url, text);
    t.equal(img.getAttribute('alt'), options.text.replaceAll('\n', ' '));
    t.equal(img.getAttribute('width'), '60');
    const set = element(snippets.srcset).getAttribute('srcset')?.split(', ') ?? [];
    t.strictSame(
      set.map((one) => one.split(' ')[1]),
      ['1x', '2x', '3x'],
    );
    for (const one of set)
      t.ok(new URL(one.split(' ')[0] as string).pathname.startsWith('/image/60x40'), one);
    t.equal(/^background: url\("([^"\\\n]*)"\) center \/ cover no-repeat;$/.exec(snippets.css)?.[1], url);
    const [, alt, link] = /^!\[((?:[^[\]\\]|\\.)*)\]\(([^()\s<>]*)\)$/.exec(snippets.markdown) ?? [];
    t.equal(alt?.replace(/\\(.)/g, '$1'), options.text.replaceAll('\n', ' '), 'Markdown');
    const linked = (await app.inject((link ?? '').slice(ORIGIN.length).replace('.png', '.json'))).json();
    t.strictSame([linked.path, linked.cacheKey], [path, cacheKey], 'the link is the same picture');
  }
});

/** The elements that a snippet names by URL, each with the type that it promises. */
function linksOf(html: string): { url: string; type: string | undefined; density: string | undefined }[] {
  const root = element(html);
  const tags = root.tagName === 'picture' ? Array.from(root.childNodes) : [root];
  return tags.flatMap((node) => {
    const tag = node as typeof root;
    const type = tag.getAttribute('type') || undefined;
    const sources = (tag.getAttribute('srcset') || '').split(', ').filter(Boolean);
    const set = sources.map((one) => ({ url: one.split(' ')[0] ?? '', type, density: one.split(' ')[1] }));
    const src = tag.getAttribute('src');
    return src ? [{ url: src, type, density: undefined }, ...set] : set;
  });
}

/** What is explained, the densities that it can have, and the types of its `<picture>`, the last for any browser. */
const EXPLAINED: readonly (readonly [target: string, densities: string[], types: string[]])[] = [
  ['60x40.json', ['1x', '2x', '3x'], ['image/avif', 'image/webp', 'image/png']],
  ['60x40.json?format=webp', ['1x', '2x', '3x'], ['image/avif', 'image/webp', 'image/png']],
  ['60x40@2x.json?format=avif&quality=9', ['1x', '2x', '3x'], ['image/avif', 'image/webp', 'image/png']],
  ['60x40.json?format=JPG&quality=50', ['1x', '2x', '3x'], ['image/avif', 'image/webp', 'image/jpeg']],
  ['60x40.json/red-blue?format=gif', ['1x', '2x', '3x'], ['image/avif', 'image/webp', 'image/gif']],
  ['60x40/fff.json?format=svg&border=2,red', ['1x', '2x', '3x'], ['image/svg+xml']],
  ['60x50.json?text=a,+b', ['1x', '2x'], ['image/avif', 'image/webp', 'image/png']],
  ['100x60.json', ['1x'], ['image/avif', 'image/webp', 'image/png']],
];

t.test('it explains the requested format, and every URL in it works', async (t) => {
  const app = await testApp(t, { MAX_PIXELS: '22000' });
  for (const [target, densities, types] of EXPLAINED) {
    const explained = (await app.inject({ url: `/image/${target}`, headers: HEADERS })).json();
    const format = /format=(\w+)/.exec(target)?.[1]?.toLowerCase().replace('jpg', 'jpeg') ?? 'png';
    t.equal(explained.options.format, format, target);
    t.match(explained.path, `.${format}`);
    const { img, srcset, picture } = explained.snippets;
    const offered = linksOf(picture);
    const named = offered.filter(({ density }) => density !== undefined);
    t.strictSame([...new Set(named.map(({ density }) => density))], densities, `${target}: densities`);
    const found = new Set<string>();
    for (const { url, type } of [...linksOf(img), ...linksOf(srcset), ...offered]) {
      const { statusCode, headers } = await app.inject(url.slice(ORIGIN.length));
      t.equal(statusCode, 200, url);
      if (type) t.equal(headers['content-type'], type);
    }
    for (const { url } of offered)
      found.add(String((await app.inject(url.slice(ORIGIN.length))).headers['content-type']));
    t.strictSame([...found], types, `${target}: types`);
  }
});

t.test('densities that exceed the limits are not offered', async (t) => {
  const app = await testApp(t);
  const { snippets } = (await app.inject('/image/1920x1080.json')).json();
  t.notMatch(snippets.srcset, '3x');
  t.match(snippets.srcset, '@2x');
});

t.test('an empty label has one alternative text', async (t) => {
  const app = await testApp(t);
  const { snippets } = (await app.inject('/image/60x40.json?text=')).json();
  for (const name of ['img', 'srcset', 'picture']) t.match(snippets[name], 'alt="60 × 40"', name);
  t.match(snippets.markdown, /^!\[60 × 40\]/);
});

t.test('ignored parameters are named, with the nearest option', async (t) => {
  const app = await testApp(t);
  const query = 'utm_source=a&txt=Hi&_=1&v=2&Text=a&paddding=4&777=1&txt=Ho&fbclid=x&%F0%9F%98%80=1';
  const { ignored } = (await app.inject(`/image/60x40.json?${query}`)).json();
  t.strictSame(ignored, [
    { name: 'txt', nearest: 'text' },
    { name: 'Text', nearest: 'text' },
    { name: 'paddding', nearest: 'padding' },
    { name: '777', nearest: null },
    { name: '😀', nearest: null },
  ]);
  t.strictSame((await app.inject('/image/60x40.json?utm_source=a')).json().ignored, []);
});

t.test('a canonical path is explained as itself', async (t) => {
  const app = await testApp(t);
  const targets = [
    '60x40@2x/red-blue/fff?angle=45&text=a%0Ab&radius=12.5%25&border=3,lime&pattern=dots&font=lora&weight=bold&size=9',
    ...HOSTILE.map((text) => `60x40?text=${encodeURIComponent(text)}`),
    ...['%5C%E2%81%A0n', '%7Bwid%E2%80%8Eth%7D', '+a++b+', 'e%CC%81', '%E2%80%A8', '%C2%A0x'].map(
      (text) => `60x40?text=${text}`,
    ),
  ];
  for (const target of targets) {
    const first = (await app.inject(`/image/${target}&format=json`)).json();
    const again = (await app.inject(first.path.replace('.png', '.json'))).json();
    t.strictSame([again.path, again.cacheKey, again.etag], [first.path, first.cacheKey, first.etag], target);
  }
});

t.test('bad input is the same error as for a picture', async (t) => {
  const app = await testApp(t);
  for (const target of ['0.json', '60x40.json?bg=12345', '60x40.json?size=0']) {
    const { code, parameter, value } = (await app.inject(`/image/${target}`)).json();
    const picture = await app.inject(`/image/${target.replace('.json', '.png')}`);
    t.match(picture.json(), { code, parameter, value, status: 400 }, target);
  }
});
