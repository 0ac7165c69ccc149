import t from 'tap';
import { escapeGlob, globMatcher } from '../../src/cache/glob.ts';
import { startRedis } from '../helper/redis.ts';
import { seeded } from '../helper/seeded.ts';

/** Glob, keys that it matches, keys that it does not. */
const CASES: ReadonlyArray<readonly [string, readonly string[], readonly string[]]> = [
  ['600.400.png', ['600.400.png'], ['600.400.pn', '600.400.pngx', '600x400.png', '']],
  ['600.*', ['600.', '600.400.png?text=a*b'], ['1600.400.png', '60.']],
  ['*.png', ['.png', '600.400.png'], ['600.400.png?bg=fff']],
  ['*', ['', 'a'], []],
  ['', [''], ['a']],
  ['?.?', ['1.2', '?.?'], ['12.3', '1.']],
  ['[1-3]00.*', ['100.', '300.x'], ['400.', '00.']],
  ['[3-1]', ['2'], ['4']],
  ['[^a-c]', ['d', '^'], ['a', 'b', '']],
  ['[ab', ['a', 'b'], ['c', '[ab']],
  ['\\*\\?\\[\\\\', ['*?[\\'], ['a?[\\', '*?[']],
  ['[\\]]', [']'], ['\\']],
  ['é*', ['é', 'éa'], ['e']],
  ['a*b*c*d', ['abcd', 'aXbYcZd', 'abbccdd'], ['abdc', 'abc']],
  ['a\\', ['a\\'], ['a']],
];

t.test('globs', async (t) => {
  for (const [glob, yes, no] of CASES) {
    const matches = globMatcher(glob);
    t.strictSame(
      [...yes, ...no].filter((key) => matches(key)),
      yes,
      glob,
    );
  }
});

t.test('a glob that backtracks ends at once', async (t) => {
  const started = performance.now();
  t.equal(globMatcher(`${'a*'.repeat(50)}b`)('a'.repeat(300)), false);
  t.ok(performance.now() - started < 1000);
});

t.test('an escaped text matches only itself', async (t) => {
  for (const text of ['a*b', '[x]', 'p:?', '\\', '^-', 'plain']) {
    t.equal(globMatcher(escapeGlob(text))(text), true, text);
    t.equal(globMatcher(escapeGlob(text))(text.replaceAll(/\W/g, 'z').padEnd(9, 'z')), false);
  }
});

t.test('Redis finds the same', async (t) => {
  const { client } = await startRedis(t);
  const random = seeded(7);
  const alphabet = ['a', 'b', '*', '?', '[', ']', '^', '-', '\\', 'é'];
  const text = (length: number): string =>
    Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
  const keys = [...new Set(Array.from({ length: 300 }, () => text(1 + Math.floor(random() * 4))))];
  for (const key of keys) await client.set(key, '');
  const globs = Array.from({ length: 600 }, () => text(1 + Math.floor(random() * 7)));
  const differing: string[] = [];
  for (const glob of globs) {
    const [, found] = await client.scan('0', 'MATCH', glob, 'COUNT', 10_000);
    const ours = keys.filter(globMatcher(glob)).sort();
    if (ours.join() !== found.sort().join()) differing.push(`${glob}: ${ours} for ${found}`);
  }
  t.strictSame(differing, []);
});
