import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeMachine } from './lib/machine.ts';
import { table } from './lib/table.ts';
import type { RunOptions, Scenario } from './scenario.ts';

const USAGE = `Usage: npm run bench [scenario…] [-- --short] [-- --write | --no-write]

  --short     a few seconds: everything runs, no figure is worth quoting
  --write     write bench/results, which the short form does not do by itself
  --no-write  do not write bench/results
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
  readonly write: boolean;
}

/** What was asked for; undefined where it cannot be understood. */
function readArguments(args: readonly string[]): Wish | undefined {
  const flag = { type: 'boolean' } as const;
  const options = { short: flag, write: flag, 'no-write': flag };
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const unknown = positionals.filter((name) => !names.includes(name));
    if (unknown.length > 0)
      throw new Error(`no scenario ${unknown.join(', ')}; there are ${names.join(', ')}`);
    const short = values.short ?? false;
    const write = values['no-write'] ? false : (values.write ?? !short);
    return { chosen: positionals.length > 0 ? positionals : names, short, write };
  } catch (error) {
    process.stderr.write(`bench: ${(error as Error).message}\n\n${USAGE}`);
    return undefined;
  }
}

const machine = describeMachine();

async function runScenario(name: string, { short, write }: Wish): Promise<void> {
  const { scenario } = (await import(new URL(`${name}.ts`, SCENARIOS).href)) as { scenario: Scenario };
  const rounds = short ? ROUNDS.short : ROUNDS.full;
  const notes: string[] = [];
  const kept = new Map<string, string>();
  const options: RunOptions = {
    short,
    rounds,
    note: (text) => notes.push(text),
    keep: (file, content) => kept.set(file, content),
  };
  process.stdout.write(`\n## ${scenario.title} (${name})\n\n`);
  const rows = await scenario.run(options);
  process.stdout.write(`${table(rows)}\n\n${notes.join('\n')}\n`);
  if (!write) return;
  mkdirSync(RESULTS, { recursive: true });
  const result = {
    scenario: name,
    title: scenario.title,
    date: new Date().toISOString(),
    short,
    rounds,
    machine,
  };
  kept.set(`${name}.json`, `${JSON.stringify({ ...result, notes, rows }, null, 2)}\n`);
  for (const [file, content] of kept) writeFileSync(new URL(file, RESULTS), content);
}

const wish = readArguments(process.argv.slice(2));
if (!wish) {
  process.exitCode = 2;
} else {
  const packages = Object.entries(machine.packages).map(([name, version]) => `${name} ${version}`);
  process.stdout.write(
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${packages.join(', ')}\n`,
  );
  for (const name of wish.chosen) await runScenario(name, wish);
}
