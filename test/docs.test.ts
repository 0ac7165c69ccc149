import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import t from 'tap';
import { drawSection, optionsOf, shorten } from '../docs/contact-sheet.ts';
import { GALLERY, type Section, type Tile } from '../docs/gallery-table.ts';
import { looksLike } from '../docs/likeness.ts';
import { bundled, licenceOf } from '../docs/packages.ts';
import { PAGES, PICTURES } from '../docs/pages.ts';
import { PARTS, renderParts } from '../docs/parts.ts';
import { programs } from '../docs/programs.ts';
import { flagOf, SETTINGS } from '../src/config/settings.ts';
import { parseImageUrl } from '../src/dialects/image.ts';
import type { GreyboxError } from '../src/errors.ts';
import { FORMAT_NAMES } from '../src/formats.ts';
import { cacheKey } from '../src/options/cache-key.ts';
import { PATTERNS } from '../src/options/choices.ts';
import { FONT_NAMES } from '../src/options/font-table.ts';
import { SHOWN_OPTIONS } from '../src/options/option-table.ts';
import { createPlaceholderValue, type OptionName, type Placeholder } from '../src/options/options.ts';
import { DEFAULT_LIMITS } from '../src/options/sizes.ts';
import { THEME_NAMES } from '../src/options/themes.ts';
import { renderPlaceholder } from '../src/render-placeholder.ts';

const root = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const readme = read('README.md');
const manifest = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>;
  engines: { node: string };
};

/** What the first group of a pattern finds in a text, each once. */
function find(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, found = '']) => found))];
}

/** The content of the first fenced block of a language. */
function fenced(language: string): string {
  return find(readme, new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))[0] ?? '';
}

t.test('the generated documents are what `npm run docs` writes', async (t) => {
  for (const [path, make] of Object.entries(PAGES)) t.equal(make(read(path)), read(path), path);
  t.match(
    PARTS['docs/settings.md']?.['settings']?.(),
    '| `RENDER_CONCURRENCY` | cores |',
    "not this machine's number",
  );
});

t.test('the generator mends a part, leaves the rest, and misses no marker', async (t) => {
  const page = read('docs/settings.md');
  const stale = page.replace('| `PORT` | `3000` |', '| `PORT` | `8080` |');
  t.not(stale, page);
  t.equal(renderParts(stale, PARTS['docs/settings.md'] ?? {}), page);
  for (const [path, parts] of Object.entries(PARTS)) {
    for (const name of Object.keys(parts)) {
      t.throws(() => renderParts(read(path).replace(`<!-- end ${name} -->`, ''), parts), { message: name });
    }
  }
});

t.test('each picture is what the program draws, and small', { timeout: 600_000 }, async (t) => {
  for (const [path, draw] of PICTURES) {
    const picture = await readFile(new URL(path, root));
    t.ok(await looksLike(picture, await draw()), `npm run docs draws ${path} anew`);
    t.ok(picture.length < 400_000, `${path}: ${picture.length} bytes`);
  }
  t.match(readme, '](docs/gallery.png)](docs/gallery.md)');
});

t.test('pictures are compared by what they show', async (t) => {
  const [one, other] = GALLERY.themes.tiles as unknown as readonly [Tile, Tile];
  const sheet = (...tiles: Section['tiles']) => drawSection({ ...GALLERY.themes, columns: 3, tiles });
  const drawn = await sheet(one, one, other);
  t.ok(
    await looksLike(drawn, await sharp(drawn).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer()),
    'another encoder',
  );
  t.notOk(await looksLike(drawn, await sheet(one, other, one)), 'other pictures in one place');
  t.notOk(await looksLike(drawn, await sheet(one, one)), 'another size');
  const renamed = { ...one, url: one.url.replace('84', '85') };
  t.notOk(await looksLike(drawn, await sheet(one, renamed, other)), 'a digit in a label');
});

t.test('the gallery shows everything that there is', async (t) => {
  const shown = Object.values<Section>(GALLERY).flatMap(({ tiles }) => tiles.map(optionsOf));
  const values = (name: OptionName): unknown[] => shown.map((options) => options[name]);
  for (const option of SHOWN_OPTIONS) t.ok(values(option).some(Boolean), option);
  for (const font of FONT_NAMES) t.ok(values('font').includes(font), font);
  for (const theme of THEME_NAMES) t.ok(values('theme').includes(theme), theme);
  for (const pattern of PATTERNS)
    t.ok(
      values('pattern').some((value) => String(value).split(',')[0] === pattern),
      pattern,
    );
  for (const format of FORMAT_NAMES) t.ok(values('format').includes(format), format);
});

t.test('captions keep to their width', async (t) => {
  t.equal(shorten('600x400', 100), '600x400');
  t.equal(shorten('600x400?text=Hello', 100), '600x400?text=H…');
  t.equal(shorten('1x1?text=你好世界', 100), '1x1?text=你好…');
});

/** What each licence asks for is kept: notices go along with the packages, libvips can be put another in its place. */
const ACCEPTED = ['0BSD', 'Apache-2.0', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'];

t.test('every program that is installed has a licence that was looked at', async (t) => {
  const page = read('docs/licences.md');
  const others = programs().filter(({ licence }) => !ACCEPTED.includes(licence));
  t.match(others, [{ name: /^@img\/sharp-libvips-/, licence: 'LGPL-3.0-or-later' }], 'and no other');
  for (const { name } of programs()) t.ok(page.includes(name), name);
  t.match(page, '**libvips**');
});

t.test('every font and emoji has its licence named', async (t) => {
  const licences = new Set(bundled().map((one) => licenceOf(one).licence));
  t.same([...licences].sort(), ['CC-BY-4.0', 'ISC', 'OFL-1.1'], 'a new licence asks for a new look');
  for (const one of bundled()) t.match(licenceOf(one).holder, /^.{5,220}$/, one.name);
});

t.test('SECURITY.md names tests that are there', async (t) => {
  const files = find(read('SECURITY.md'), /`(test\/[\w./-]+)`/g);
  t.ok(files.length > 15, `${files.length} are found`);
  for (const file of files) t.ok(existsSync(new URL(file, root)), file);
});

/** Scripts that npm runs by a name of its own. */
const SHORTHANDS = '(?:run )?(start|test)|run ([a-z:]+)';

for (const path of ['README.md', 'CONTRIBUTING.md']) {
  t.test(`${path} names nothing that does not exist`, async (t) => {
    const text = read(path);
    const scripts = [...text.matchAll(new RegExp(`npm (?:${SHORTHANDS})`, 'g'))].map(
      (m) => m[1] ?? m[2] ?? '',
    );
    t.ok(scripts.length > 0, 'scripts are found');
    for (const script of new Set(scripts)) t.hasProp(manifest.scripts, script);

    const links = find(text, /\]\((?!https?:)([^)#]+)/g);
    const spans = find(text, /[`/ ]((?:src|test|docs|bench|deploy|\.ci)\/[\w./-]*)/g);
    const tree = find(text.slice(text.indexOf('    src/\n')), /^ {6}([\w.-]+\/?) /gm).map(
      (name) => `src/${name}`,
    );
    t.ok(links.length + spans.length + tree.length > 5, 'files are found');
    for (const file of [...links, ...spans, ...tree]) t.ok(existsSync(new URL(file, root)), file);

    const variables = Object.values(SETTINGS).flatMap(({ env }) => env);
    for (const name of find(text, /\b([A-Z]+(?:_[A-Z]+)+|[A-Z]{3,}(?==))\b/g)) {
      t.ok(variables.includes(name), `the setting ${name}`);
    }
    const flags = Object.values(SETTINGS).map(flagOf);
    for (const flag of find(text, /(?:npm start --|greybox serve) --([a-z-]+)/g)) {
      t.ok(flags.includes(flag), `the flag --${flag}`);
    }
  });
}

/** The picture that a URL asks for. */
const pictureOf = (url: string): Placeholder =>
  createPlaceholderValue(parseImageUrl(url, DEFAULT_LIMITS).options, DEFAULT_LIMITS);

t.test('its examples are true', async (t) => {
  const images = find(readme, /\/image\/(\w[^\s`'"<)]*)/g);
  t.ok(images.length > 2);
  for (const image of images) t.doesNotThrow(() => pictureOf(image), image);
  t.match(readme, `redis-cli get ${cacheKey(pictureOf('600x400'))} > `);
  t.match(readme, cacheKey(pictureOf('600x400/f00?text=Hi')));
  t.equal(find(readme, /Node ([\d.]+) or newer/g)[0], manifest.engines.node.replace('>=', ''));

  const example = JSON.parse(fenced('json')) as { status: number; code: string; detail: string };
  const { status, code, message } = await renderPlaceholder({ width: 2001, height: 400 }).then(
    () => t.fail('2001 is too wide') as never,
    (error: GreyboxError) => error,
  );
  t.same(example, { status, code, detail: message });
});

t.test('its library example runs', async (t) => {
  const library = new URL('src/index.ts', root).href;
  const code = fenced('ts').replace("from 'greybox'", `from '${library}'`);
  t.match(code, library);
  const cwd = t.testdir({ 'example.ts': code });
  const child = spawn(process.execPath, ['--import=tsx', 'example.ts'], { cwd, stdio: 'inherit' });
  const [exit] = await once(child, 'close');
  t.equal(exit, 0);
  const { format, width, height } = await sharp(`${cwd}/600x400.webp`).metadata();
  t.same({ format, width, height }, { format: 'webp', width: 600, height: 400 });
});
