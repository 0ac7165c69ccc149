import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeMachine } from './lib/machine.ts';
import { runtime } from './lib/processes.ts';
import { significant } from './lib/stats.ts';
import { table } from './lib/table.ts';
import type { Aim, Row, RunOptions, Scenario } from './scenario.ts';

const USAGE = `Usage: npm run bench [scenario…] [-- option…]

  --short        about a minute: everything runs, no figure is worth quoting
  --long         count as far as a scenario can: memory, distinct
  --node a,b     run the servers on these Nodes, one after another, and keep the results apart
  --write        write bench/results, which the short form does not do by itself
  --no-write     do not write bench/results
`;

const ROUNDS = { full: 5, short: 1 };

const SCENARIOS = new URL('./scenarios/', import.meta.url);
const RESULTS = new URL('./results/', import.meta.url);

const names = readdirSync(SCENARIOS)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));

interface Wish {
  readonly chosen: readonly string[];
  readonly short: boolean;
  readonly long: boolean;
  readonly write: boolean;
  /** Binaries that are not the one that runs this. */
  readonly nodes: readonly string[];
}

/** What was asked for; undefined where it cannot be understood. */
function readArguments(args: readonly string[]): Wish | undefined {
  const flag = { type: 'boolean' } as const;
  const options = {
    short: flag,
    long: flag,
    write: flag,
    'no-write': flag,
    node: { type: 'string' },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const unknown = positionals.filter((name) => !names.includes(name));
    if (unknown.length > 0)
      throw new Error(`no scenario ${unknown.join(', ')}; there are ${names.join(', ')}`);
    const { short = false, long = false } = values;
    const write = values['no-write'] ? false : (values.write ?? !short);
    const nodes = values.node?.split(',') ?? [];
    for (const path of nodes) describeMachine(path);
    return { chosen: positionals.length > 0 ? positionals : names, short, long, write, nodes };
  } catch (error) {
    process.stderr.write(`bench: ${(error as Error).message}\n\n${USAGE}`);
    return undefined;
  }
}

/** `≥ 1: reached` and the like. */
function verdict({ value, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }: Aim): string {
  return value >= least && value <= most ? 'reached' : 'missed';
}

const aimRow = (aim: Aim): Row => ({
  figure: aim.what,
  measured: significant(aim.value),
  'to be': aim.least === undefined ? `at most ${aim.most}` : `at least ${aim.least}`,
  '': verdict(aim),
});

function writeResults(folder: URL, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const [file, content] of files) writeFileSync(new URL(file, folder), content);
}

/** @param folder where results go; undefined for nowhere */
async function runScenario(
  name: string,
  { short, long }: Wish,
  folder: URL | undefined,
): Promise<readonly Aim[]> {
  const { scenario } = (await import(new URL(`${name}.ts`, SCENARIOS).href)) as { scenario: Scenario };
  const rounds = short ? ROUNDS.short : ROUNDS.full;
  const said = new Set<string>();
  const aims: Aim[] = [];
  const kept = new Map<string, string>();
  const options: RunOptions = {
    short,
    long,
    rounds,
    note: (text) => said.add(text),
    aim: (what, value, bound) => void (value !== undefined && aims.push({ what, value, ...bound })),
    keep: (file, content) => kept.set(file, content),
  };
  process.stdout.write(`\n## ${scenario.title} (${name})\n\n`);
  const started = performance.now();
  const rows = await scenario.run(options);
  const seconds = Math.round((performance.now() - started) / 1000);
  const notes = [...said];
  const printed = [...(rows.length > 0 ? [table(rows), ''] : []), ...notes, `(${seconds} s)`];
  process.stdout.write(`${printed.join('\n')}\n`);
  const head = { scenario: name, title: scenario.title, date: new Date().toISOString(), short, rounds };
  const result = { ...head, machine: describeMachine(runtime.node), notes, aims, rows };
  kept.set(`${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
  if (folder) writeResults(folder, kept);
  return aims;
}

/** Runs everything that was asked for on one Node. */
async function runAll(wish: Wish, folder: URL): Promise<void> {
  const { cpu, cores, node, tools, packages } = describeMachine(runtime.node);
  const versions = Object.entries({ Node: node, ...tools, ...packages }).map((entry) => entry.join(' '));
  process.stdout.write(`${cpu}, ${cores} cores, ${versions.join(', ')}\n`);
  const aims: Aim[] = [];
  for (const name of wish.chosen)
    aims.push(...(await runScenario(name, wish, wish.write ? folder : undefined)));
  if (aims.length > 0) process.stdout.write(`\n## What was to be reached\n\n${table(aims.map(aimRow))}\n`);
}

/** Where results are kept: those of the long form, and of other Nodes, apart. */
const folderOf = (...parts: string[]): URL =>
  new URL([...parts, ...(wish?.long ? ['long'] : []), ''].join('/'), RESULTS);

const wish = readArguments(process.argv.slice(2));
if (!wish) {
  process.exitCode = 2;
} else if (wish.nodes.length === 0) {
  await runAll(wish, folderOf());
} else {
  for (const path of wish.nodes) {
    runtime.node = path;
    const [major] = describeMachine(path).node.split('.');
    await runAll(wish, folderOf(`node-${major?.slice(1)}`));
  }
}
