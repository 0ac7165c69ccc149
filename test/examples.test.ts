import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { RUNNABLE, runExamples } from '../examples/run.ts';

t.setTimeout(240_000);

/** Those that install little; `npm run examples` runs all. */
const CHEAP = ['node-http', 'express', 'fastify', 'hono-node', 'msw'];

t.test('examples run as written, with the packed package', async (t) => {
  const outcomes = await runExamples(CHEAP);
  t.strictSame(
    [...outcomes],
    CHEAP.map((name) => [name, { state: 'ok' }]),
  );
});

/** What can be tried only by hand: it needs a program that a registry does not have. */
const BY_HAND = ['cypress'];

t.test('docs/embed.md names all examples', async (t) => {
  const root = new URL('../', import.meta.url);
  const text = readFileSync(new URL('docs/embed.md', root), 'utf8');
  const linked = [...text.matchAll(/\.\.\/examples\/([\w-]+)\)/g)].map(([, name = '']) => name);
  const entries = readdirSync(new URL('examples/', root), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  t.strictSame(linked.sort(), folders.sort());
  t.strictSame([...RUNNABLE, ...BY_HAND].sort(), folders, 'and all but these are run');
  for (const name of folders) {
    const readme = readFileSync(new URL(`examples/${name}/README.md`, root), 'utf8');
    t.ok(readme.trimEnd().split('\n').length <= 5, `${name}: five lines`);
  }
});
