import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { outcomesOfStop } from './helper/reconnect.ts';
import { RUNTIMES, runtime } from './helper/runtimes.ts';
import { type Env, startService } from './helper/service.ts';

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('./fixtures/runtime.ts', import.meta.url));

const answersIn = async (program: string, ...args: string[]): Promise<unknown> =>
  JSON.parse((await run(program, [...args, PROGRAM], { timeout: 60_000 })).stdout);

// One after another: npm installs one thing at a time into a folder.
t.test('Bun, Deno and the Node of the container serve the same bytes as Node', async (t) => {
  const expected = await answersIn(process.execPath, '--import=tsx');
  for (const [name, spec] of Object.entries(RUNTIMES)) {
    const program = await runtime(spec);
    if (program instanceof Error) t.pass(name, { skip: program.message });
    else t.strictSame(await answersIn(program, ...spec.args), expected, name);
  }
});

t.test('the Node of the container loses no request at a stop either', async (t) => {
  const node = await runtime(RUNTIMES.node);
  for (const env of [{}, { FAST_LANE: 'off' }, { WORKERS: '2' }] as readonly Env[]) {
    const name = JSON.stringify(env);
    if (node instanceof Error) t.pass(name, { skip: node.message });
    else {
      const service = await startService(t, { env: { DRAIN_SECONDS: '0.3', ...env }, node });
      t.strictSame(await outcomesOfStop(service), [0, '200 true', 'ECONNREFUSED'], name);
    }
  }
});
