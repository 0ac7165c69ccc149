import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { RUNTIMES, runtime } from './helper/runtimes.ts';

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('./fixtures/runtime.ts', import.meta.url));

const answersIn = async (program: string, ...args: string[]): Promise<unknown> =>
  JSON.parse((await run(program, [...args, PROGRAM], { timeout: 60_000 })).stdout);

// One after another: npm installs one thing at a time into a folder.
t.test('Bun and Deno serve the same bytes as Node', async (t) => {
  const expected = await answersIn(process.execPath, '--import=tsx');
  for (const [name, spec] of Object.entries(RUNTIMES)) {
    const program = await runtime(spec);
    if (program instanceof Error) t.pass(name, { skip: program.message });
    else t.strictSame(await answersIn(program, ...spec.args), expected, name);
  }
});
