import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { Parser, type Result } from 'tap-parser';
import { select, unitTests } from './select.ts';
import { provideHere } from './setup.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Test files at a time: more than this only make each other's timings worse. */
const JOBS = Math.max(2, Math.min(availableParallelism(), 4));

/** The shell's status for a command whose reader has gone: 128 and SIGPIPE. */
const READER_GONE = 141;

const running = new Set<ChildProcess>();

function endAll(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
}

/** Starts a command of the project's own tools; what ends this process ends it too. */
function start(command: string, args: readonly string[], output: 'inherit' | 'pipe' | 'ignore') {
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', output, 'inherit'] });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

const tool = (name: string): string => `node_modules/.bin/${name}`;

async function succeeds(command: string, args: readonly string[], output: 'inherit' | 'ignore') {
  const [status] = await once(start(command, args, output), 'close');
  return status === 0;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, endAll);
// `npm test | head` has seen enough.
process.stdout.on('error', () => {
  endAll('SIGTERM');
  process.exit(READER_GONE);
});

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const indent = (text: string): string => text.trimEnd().replaceAll(/^/gm, '    ');

/** What tap says of every failure and tells no reader anything. */
const NOISE = new Set(['at', 'args', 'command', 'cwd', 'stdio', 'externalID', 'jobId']);

/** A failure in full: where it is, what it says, and its diagnostics. */
function describe({ fullname, name, diag, tapError }: Result): string {
  const place = fullname.endsWith(name) ? fullname : `${fullname} > ${name}`;
  const { source, diff, stack, ...rest } = (diag ?? {}) as Record<string, unknown>;
  const facts = Object.entries(rest).filter(([key]) => !NOISE.has(key));
  const others = facts.map(([key, value]) => `${key}: ${inspect(value, { depth: 9 })}`);
  const blocks = [tapError, diff, ...others, stack, source].filter((block) => block);
  return [`not ok  ${place}`, ...blocks.map((block) => indent(String(block)))].join('\n');
}

/** Says as they come: each file's outcome, each failure in full, and what tests printed. */
function report(parser: Parser): void {
  parser.on('assert', (file: Result) => {
    const time = file.time === null ? '' : ` (${Math.round(file.time)} ms)`;
    print(`${file.ok ? 'ok     ' : 'not ok '} ${file.name}${time}`);
  });
  parser.on('fail', (result: Result) => print(describe(result)));
  const echo = (child: Parser): void => {
    child.on('extra', (text: string) => text.trim() && print(text.trimEnd()));
    child.on('child', echo);
  };
  echo(parser);
}

type Counts = Record<'passed' | 'failed' | 'skipped', number>;

/** Counts what tap itself counts: single checks, and files that ended badly without one that failed. */
function count(parser: Parser): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  parser.on('result', ({ ok, skip, todo }: Result) => {
    counts[todo || skip ? 'skipped' : ok ? 'passed' : 'failed'] += 1;
  });
  return counts;
}

async function runTap(args: readonly string[]): Promise<number> {
  const parser = new Parser();
  report(parser);
  const counts = count(parser);
  const tap = start(tool('tap'), ['run', `--jobs=${JOBS}`, ...args, '--reporter=tap'], 'pipe');
  tap.stdout?.pipe(parser);
  const [[status]] = await Promise.all([once(tap, 'close'), once(parser, 'complete')]);
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  print(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
  return status ?? 1;
}

/** Asks tap whether it is built with a plugin that .taprc leaves out. */
const TAP_IS_BUILT = `import('tap').then(({ t }) => process.exit(/typescript/.test(t.pluginSignature) ? 1 : 0))`;

/** Builds tap for the plugins that .taprc names, once after each `npm ci`: that takes ten seconds. */
async function prepareTap(): Promise<boolean> {
  const isBuilt = await succeeds(process.execPath, ['--eval', TAP_IS_BUILT], 'ignore');
  return isBuilt || succeeds(tool('tap'), ['build'], 'inherit');
}

/** Tests of the package run what is in dist/. */
const build = (): Promise<boolean> => succeeds('npm', ['run', '--silent', 'build'], 'inherit');

function fail(message: string): number {
  process.stderr.write(`${message}\n`);
  return 1;
}

/**
 * Sets everything up on a machine that has only seen `npm ci`, then runs tap.
 * @param args options of tap (`--name=value`), and files and folders of tests; with `--unit` neither servers nor dist/
 *   are provided, and without files the fast tests run, which need neither
 */
async function main(args: readonly string[]): Promise<number> {
  const isUnit = args.includes('--unit');
  const { options, files, unknown } = select(
    args.filter((arg) => arg !== '--unit'),
    ROOT,
  );
  if (unknown.length > 0) return fail(`no such test file: ${unknown.join(', ')}`);
  if (isUnit) {
    const chosen = files.length > 0 ? files : unitTests(ROOT);
    return (await prepareTap()) ? runTap([...options, ...chosen]) : 1;
  }
  const missing = provideHere();
  if (missing !== undefined) return fail(missing);
  const prepared = await Promise.all([build(), prepareTap()]);
  return prepared.every(Boolean) ? runTap([...options, ...files]) : 1;
}

process.exitCode = await main(process.argv.slice(2));
