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

/** Hits per second of processor time, as shares of nginx' and of node:http's. */
export function hitsTable(): string {
  const result = read('hits.json');
  const share = (row: Row, of: string): string => {
    const value = Number(row[`/ ${of}`]);
    return value < 0.01 ? 'under 0.01' : value.toFixed(2);
  };
  const rows = result.rows.map((row) => [
    String(row['server']),
    String(row['headers']),
    share(row, 'nginx'),
    share(row, 'node:http'),
  ]);
  const head = ['server', 'request headers', 'of nginx with a file', 'of node:http'];
  return `${table(head, rows)}\n\n${whereFrom(result)}: [all figures](bench/results), [how to run them](bench/README.md).`;
}

/** Every figure that is aimed at, and what was measured. */
export function aimsTable(): string {
  const results = readdirSync(RESULTS)
    .filter((file) => file.endsWith('.json'))
    .map(read);
  const rows = results.flatMap(({ scenario, aims = [] }) =>
    aims.map(({ what, value, least, most }) => {
      const reached =
        value >= (least ?? Number.NEGATIVE_INFINITY) && value <= (most ?? Number.POSITIVE_INFINITY);
      const bound = least === undefined ? `at most ${most}` : `at least ${least}`;
      return [code(scenario), what, bound, String(Number(value.toPrecision(3))), reached ? 'yes' : 'no'];
    }),
  );
  return table(['scenario', 'figure', 'to be', 'measured', 'reached'], rows);
}
