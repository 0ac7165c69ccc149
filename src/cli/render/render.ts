import { readFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { text } from 'node:stream/consumers';
import { ConfigError } from '../../config/config.ts';
import { OPTIONS } from '../../options/option-table.ts';
import { type Command, FAILED, MISUSED } from '../command.ts';
import { type Asked, FLAG_OPTIONS, readArguments } from './arguments.ts';
import { drawFiles, drawOne, type Tally } from './draw.ts';
import { faultsOfName, NAME_PARTS, planJobs, type Source } from './plan.ts';
import { Progress } from './progress.ts';

const line = (flag: string, help: string): string => `  ${flag.padEnd(24)}${help}`;

function usage(): string {
  return [
    'Usage: greybox render <size or URL>... [flags]',
    '',
    'Draws pictures into files: greybox render 600x400 og 1200x630@2x --format webp,avif --out dir/',
    'A URL is one of greybox or of any service that it stands in for, whole or as a path.',
    '',
    line('--out', 'folder of the files (default: the current one)'),
    line('--format', 'formats, joined by commas (default: what each URL says, else png)'),
    line('--name', `file name without extension, with ${NAME_PARTS.map((part) => `{${part}}`).join(' ')}`),
    line('--from', 'file with a size or URL in each line; - reads standard input'),
    line('--stdout', 'write the one picture to standard output'),
    line('--force', 'draw again what is there already'),
    line('--max-dimension', 'largest width and height (MAX_DIMENSION)'),
    line('--max-pixels', 'most output pixels (MAX_PIXELS)'),
    '',
    'Options of all pictures, which win over what a URL says:',
    '',
    ...FLAG_OPTIONS.map((name) => line(`--${name}`, OPTIONS[name].help.replaceAll('`', ''))),
    '',
    'Exits with 0 if all pictures are there, 1 if some could not be drawn, 2 if it was called wrongly.',
    '',
  ].join('\n');
}

/** The non-empty lines of `--from`; `#` begins a comment. */
async function readLines(from: string): Promise<Source[]> {
  const name = from === '-' ? 'standard input' : from;
  const content = await (from === '-' ? text(process.stdin) : readFile(from, 'utf8')).catch((error) => {
    throw new ConfigError([`--from: ${(error as Error).message}`]);
  });
  return content
    .split('\n')
    .map((one, index) => ({ text: one.trim(), place: `${name}:${index + 1}` }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'));
}

/** Ends at once, with the shell's status for the signal. No file is half written, see `writeWhole`. */
function endOnSignals(progress: Progress): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      progress.end();
      process.exit(128 + constants.signals[signal]);
    });
  }
}

function sizeOf(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function summary({ drawn, bytes, kept, failures }: Tally): string {
  const parts = [`${drawn} drawn, ${sizeOf(bytes)}`];
  if (kept > 0) parts.push(`${kept} kept, which --force would draw again`);
  if (failures.length > 0) parts.push(`${failures.length} failed`);
  return parts.join('; ');
}

const complain = (faults: readonly string[]): void => {
  for (const fault of faults) process.stderr.write(`greybox: ${fault}\n`);
};

/** @throws ConfigError that names every fault of the command line at once */
function check(asked: Asked, faults: readonly string[]): void {
  const own = asked.sources.map((source) => ({ text: source, place: source }));
  const ofName = asked.name === undefined ? [] : faultsOfName(asked.name);
  const all = [...faults, ...ofName, ...planJobs(own, asked).faults];
  if (all.length > 0) throw new ConfigError(all);
}

async function run(args: readonly string[]): Promise<number> {
  const { asked, faults: wrong } = readArguments(args);
  check(asked, wrong);
  const own = asked.sources.map((source) => ({ text: source, place: source }));
  const lines = asked.from === undefined ? [] : await readLines(asked.from);
  const { jobs, faults } = planJobs([...own, ...lines], asked);
  complain(faults);
  const [first] = jobs;
  if (asked.toStdout) {
    if (first && jobs.length === 1) process.stdout.write(await drawOne(first));
    else if (faults.length === 0) complain([`--stdout takes one picture, got ${jobs.length}`]);
    return first && jobs.length === 1 && faults.length === 0 ? 0 : MISUSED;
  }
  const progress = new Progress(jobs.length, process.stdout);
  endOnSignals(progress);
  const tally = await drawFiles(jobs, asked.force, progress);
  progress.end();
  complain(tally.failures);
  process.stderr.write(`greybox: ${summary(tally)}\n`);
  return faults.length + tally.failures.length > 0 ? FAILED : 0;
}

export const RENDER: Command = { name: 'render', summary: 'draw pictures into files', usage, run };
