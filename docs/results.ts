import { readdirSync, readFileSync } from 'node:fs';
import type { Aim, Row } from '../bench/scenario.ts';
import { code, table } from './table.ts';

/** What `npm run bench` wrote of one scenario. */
interface Result {
  readonly scenario: string;
  readonly date: string;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string };
  readonly aims?: readonly Aim[];
  readonly rows: readonly Row[];
}

const RESULTS = new URL('../bench/results/', import.meta.url);

const read = (file: string): Result => JSON.parse(readFileSync(new URL(file, RESULTS), 'utf8'));

const whereFrom = ({ machine, date }: Result): string =>
  `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${date.slice(0, 10)}`;

/** What hits are compared with, and how that is called; columns are left out that a result does not have. */
const COMPARED: Readonly<Record<string, string>> = {
  nginx: 'of nginx with a file',
  floor: 'of the floor',
  Bun: "of Bun's static route",
};

/** Hits per second of processor time, as shares of others'. */
export function hitsTable(): string {
  const result = read('hits.json');
  const share = (row: Row, of: string): string => {
    const value = Number(row[`/ ${of}`]);
    return value < 0.01 ? 'under 0.01' : value.toFixed(2);
  };
  const compared = Object.keys(COMPARED).filter((name) => result.rows.some((row) => `/ ${name}` in row));
  const rows = result.rows.map((row) => [
    String(row['server']),
    String(row['headers']),
    ...compared.map((name) => share(row, name)),
  ]);
  const head = ['server', 'request headers', ...compared.map((name) => COMPARED[name] ?? '')];
  return `${table(head, rows)}\n\n${whereFrom(result)}: [all figures](../bench/results), [how to run them](../bench/README.md).`;
}

/** The README's sentence: hits of greybox with short request headers, beside each of {@link COMPARED}. */
export function speedSentence(): string {
  const result = read('hits.json');
  const own = result.rows.find((row) => row['server'] === 'greybox' && row['headers'] === 'short') ?? {};
  const shares = Object.entries(COMPARED).flatMap(([name, words]) => {
    const value = own[`/ ${name}`];
    return value === undefined ? [] : [`${Number(value).toFixed(2)} ${words}`];
  });
  const others = new Intl.ListFormat('en').format(shares);
  return `Hits in memory per second of processor time: ${others}\n(${whereFrom(result)}).`;
}

/** All results: those of this folder, of the long form, and of other Nodes. */
function readAll(folder = ''): Result[] {
  return readdirSync(new URL(folder, RESULTS), { withFileTypes: true }).flatMap((file) => {
    const path = `${folder}${file.name}`;
    if (file.isDirectory()) return readAll(`${path}/`);
    return path.endsWith('.json') ? [read(path)] : [];
  });
}

const isReached = ({ value, least, most }: Aim): boolean =>
  value >= (least ?? Number.NEGATIVE_INFINITY) && value <= (most ?? Number.POSITIVE_INFINITY);

const bound = ({ least, most }: Aim): string =>
  least === undefined ? `at most ${most}` : `at least ${least}`;

/** Every figure that is aimed at, and what was measured on each Node. */
export function aimsTable(): string {
  const figures = new Map<string, { readonly scenario: string; readonly aims: Map<number, Aim> }>();
  for (const { scenario, machine, aims } of readAll()) {
    if (!aims) continue;
    const major = Number(/\d+/.exec(machine.node)?.[0]);
    for (const aim of aims) {
      const name = `${scenario} ${aim.what}`;
      const figure = figures.get(name) ?? { scenario, aims: new Map() };
      figures.set(name, figure);
      figure.aims.set(major, aim);
    }
  }
  const nodes = [...new Set([...figures.values()].flatMap(({ aims }) => [...aims.keys()]))].sort(
    (a, b) => a - b,
  );
  const rows = Array.from(figures.values(), ({ scenario, aims }) => {
    const [aim] = [...aims.values()];
    const cells = nodes.map((node) => {
      const found = aims.get(node);
      if (!found) return '';
      return `${Number(found.value.toPrecision(3))}${isReached(found) ? '' : ', missed'}`;
    });
    return [code(scenario), aim?.what ?? '', aim ? bound(aim) : '', ...cells];
  });
  return table(['scenario', 'figure', 'to be', ...nodes.map((node) => `Node ${node}`)], rows);
}

/** What generated requests found: the sum of all parts that were kept. */
export function fuzzSentence(): string {
  const { requests, faults, parts } = JSON.parse(
    readFileSync(new URL('long/fuzz-http.json', RESULTS), 'utf8'),
  ) as { requests: number; faults: number; parts: readonly Result[] };
  const { machine, date } = parts.at(-1) as Result;
  const where = `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`;
  const number = (value: number): string => value.toLocaleString('en');
  return [
    `${number(requests)} requests in ${parts.length} parts until ${date.slice(0, 10)}, ${number(faults)} without a right answer`,
    `(${where}).`,
  ].join('\n');
}
