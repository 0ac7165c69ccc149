import { readdirSync } from 'node:fs';
import t from 'tap';
import type { Dialect } from '../../src/dialects/dialect.ts';
import { DIALECTS, DialectTable } from '../../src/dialects/table.ts';
import { createPlaceholderValue } from '../../src/options/options.ts';
import { DEFAULT_LIMITS } from '../../src/options/sizes.ts';
import { BOXES, OTHER } from '../helper/dialects.ts';

const table = new DialectTable([...DIALECTS, BOXES, OTHER]);

/** Target, host, name of the grammar or nothing, and the path that is left. */
const RESOLVED = [
  ['/image/600x400', 'img.example', '/image', '/600x400'],
  ['/image', 'img.example', '/image', ''],
  ['/image/', '', '/image', '/'],
  ['/imagery/600', 'img.example', undefined],
  ['/600x400', 'img.example', undefined],
  ['/', 'img.example', undefined],
  ['/avatar/128/Ada', '[::1]:3000', '/avatar', '/128/Ada'],
  ['/boxes.example/300', 'img.example', '/boxes.example', '/300'],
  ['/www.boxes.example/300', 'img.example', '/boxes.example', '/300'],
  ['/BOXES.example/300', 'img.example', '/boxes.example', '/300'],
  ['/cdn.boxes.example', 'img.example', '/boxes.example', ''],
  ['//boxes.example/300', 'img.example', '/boxes.example', '/300'],
  ['/https://boxes.example/300', 'img.example', '/boxes.example', '/300'],
  ['/http:/www.boxes.example/300', 'img.example', '/boxes.example', '/300'],
  ['/https://nobody.example/300', 'img.example', undefined],
  ['//300', 'img.example', undefined],
  ['//300', 'boxes.example', '/boxes.example', '//300'],
  ['/api/boxes/300/200', 'img.example', '/boxes.example', '/300/200'],
  ['/api/other/300/200', 'img.example', undefined],
  ['/api', 'img.example', undefined],
  ['/300/200', 'boxes.example', '/boxes.example', '/300/200'],
  ['/300/200', 'WWW.Boxes.Example:8080', '/boxes.example', '/300/200'],
  ['/300/200', 'boxes.example.', '/boxes.example', '/300/200'],
  ['/', 'boxes.example', '/boxes.example', '/'],
  ['/image/300', 'other.example', '/other.example', '/image/300'],
  ['/boxes.example/300', 'other.example', '/boxes.example', '/300'],
  ['/api/placeholder/400/300', 'img.example', '/api/placeholder', '/400/300'],
  ['/api/placeholder/400/300', 'boxes.example', '/api/placeholder', '/400/300'],
  ['/placeholder.svg', 'ui-avatars.com', '/placeholder.svg', ''],
  ['/300', 'notboxes.example', undefined],
] as const;

t.test('a grammar is found by path, by host, and by path again', async (t) => {
  for (const [target, host, name, path] of RESOLVED) {
    const found = table.resolve(`${target}?a=b`, host);
    t.strictSame([found?.dialect.name, found?.target.path], [name, path], `${host}${target}`);
    if (found) t.equal(found.target.query, 'a=b');
  }
  t.equal(table.resolve('/image/300', '')?.target.query, undefined);
});

t.test('the root of all other hosts is of the grammar that it was given', async (t) => {
  const root = table.named('boxes.example');
  t.equal(root, BOXES);
  for (const name of ['/boxes.example', 'www.boxes.example', 'cdn.boxes.example'])
    t.equal(table.named(name), root);
  t.equal(table.named('image'), DIALECTS[0]);
  t.equal(table.named('nobody.example'), undefined);
  t.equal(table.resolve('/300/200', 'img.example', root)?.dialect, BOXES);
  t.equal(table.resolve('/image/300', 'img.example', root)?.dialect.name, '/image');
  t.equal(table.resolve('/300/200', 'other.example', root)?.dialect, OTHER);
});

t.test('no two rows want the same place, and every example answers', async (t) => {
  for (const all of [
    DIALECTS.map(({ name }) => name),
    DIALECTS.flatMap(({ hosts, paths }) => [...paths, ...hosts.map((host) => `/${host}`)]),
  ])
    t.equal(new Set(all).size, all.length);
  for (const { name, read, forms, examples } of DIALECTS) {
    t.ok(forms.length > 0 && examples.length > 0, name);
    for (const example of examples) {
      const [path = '', query] = example.split('?');
      const meant = read({ path, query }, { limits: DEFAULT_LIMITS, accept: undefined, base: '' });
      if (meant.kind !== 'data') t.ok(createPlaceholderValue(meant.options), `${name}${example}`);
    }
  }
});

t.test('every grammar of the folders is in the table', async (t) => {
  const isDialect = (value: unknown): value is Dialect =>
    typeof value === 'object' && value !== null && 'hosts' in value && 'read' in value;
  for (const folder of ['boxes', 'photos', 'avatars']) {
    const url = new URL(`../../src/dialects/${folder}/`, import.meta.url);
    const files = readdirSync(url);
    t.ok(files.length > 3, folder);
    for (const file of files) {
      const exported = Object.values(await import(new URL(file, url).href)).flat();
      const left = exported.filter((value) => isDialect(value) && !DIALECTS.includes(value));
      t.strictSame(left, [], `${folder}/${file}`);
    }
  }
});
