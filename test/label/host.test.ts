import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import t from 'tap';

const run = promisify(execFile);

interface Host {
  /** The canvas' families before greybox draws, and after. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Hashes of pictures. */
  readonly labels: readonly string[];
}

/** Runs a program that uses the canvas itself, with fonts of its own under these names. */
async function host(names: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Host> {
  const cwd = new URL('../../', import.meta.url);
  const { DISABLE_SYSTEM_FONTS_LOAD: _, ...inherited } = process.env;
  const args = ['--import=tsx', 'test/helper/host-program.ts', ...names];
  const { stdout } = await run(process.execPath, args, { cwd, env: { ...inherited, ...env } });
  return JSON.parse(stdout) as Host;
}

/** The families that the canvas has in a program without greybox. */
async function familiesOfCanvas(): Promise<string[]> {
  const program =
    "console.log(JSON.stringify(require('@napi-rs/canvas').GlobalFonts.families.map(({ family }) => family)))";
  const { DISABLE_SYSTEM_FONTS_LOAD: _, ...env } = process.env;
  const cwd = new URL('../../', import.meta.url);
  return JSON.parse((await run(process.execPath, ['--eval', program], { cwd, env })).stdout) as string[];
}

t.test("a host's canvas keeps its fonts, and gets ours under names of our own", async (t) => {
  const { before, after } = await host();
  t.strictSame(before, (await familiesOfCanvas()).sort(), 'the fonts of the machine, if it has any');
  t.strictSame(
    after.filter((family) => !family.startsWith('greybox ')),
    before,
  );
  t.ok(after.includes('greybox inter-latin-wght-normal'));
});

t.test('labels are the same whatever other fonts there are', async (t) => {
  const { labels } = await host();
  t.strictSame((await host([], { DISABLE_SYSTEM_FONTS_LOAD: '1' })).labels, labels, 'none of the machine');
  t.strictSame((await host(['Inter', 'Noto Sans', 'sans-serif'])).labels, labels, 'some by names of ours');
});
