import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { Parser, type Result } from 'tap-parser';
import { provideServers } from './setup.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Test files at a time: more than this only make each other's timings worse. */
const JOBS = Math.max(2, Math.min(availableParallelism(), 4));

type Output = 'inherit' | 'pipe';

/** Starts a command of the project's own tools; signals that end this process end it too. */
function start(name: string, args: readonly string[], output: Output) {
  const child = spawn(`node_modules/.bin/${name}`, args, { cwd: ROOT, stdio: ['ignore', output, 'inherit'] });
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, forward);
  return child;
}

async function succeeds(name: string, ...args: string[]): Promise<boolean> {
  const [status] = await once(start(name, args, 'inherit'), 'close');
  return status === 0;
}

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
  const tap = start('tap', ['run', `--jobs=${JOBS}`, ...args, '--reporter=tap'], 'pipe');
  tap.stdout?.pipe(parser);
  const [[status]] = await Promise.all([once(tap, 'close'), once(parser, 'complete')]);
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  print(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
  return status ?? 1;
}

/** Sets everything up on a machine that has only seen `npm ci`, then runs tap; `args` are tap's options and files. */
async function main(args: readonly string[]): Promise<number> {
  const fault = provideServers();
  if (fault !== undefined) {
    process.stderr.write(`${fault}\n`);
    return 1;
  }
  // Tests of the package run dist/; tap is rebuilt for the plugins that .taprc names.
  const prepared = await Promise.all([
    succeeds('tsc', '-p', 'tsconfig.build.json'),
    succeeds('tap', 'build'),
  ]);
  return prepared.every(Boolean) ? runTap(args) : 1;
}

process.exitCode = await main(process.argv.slice(2));
