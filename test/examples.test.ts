import t from 'tap';
import { runExamples } from '../examples/run.ts';

t.setTimeout(240_000);

/** Those that install little; `npm run examples` runs all. */
const CHEAP = ['node-http', 'express', 'fastify', 'hono-node', 'msw'];

t.test('examples run as written, with the packed package', async (t) => {
  const outcomes = await runExamples(CHEAP);
  t.strictSame(
    [...outcomes],
    CHEAP.map((name) => [name, undefined]),
  );
});
