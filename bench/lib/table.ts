import type { Row } from '../scenario.ts';

type Cell = Row[string];

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A figure as a person reads it: whole from 100 up, else three significant digits. */
function format(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell !== 'number') return String(cell);
  if (Number.isInteger(cell) || Math.abs(cell) >= 100) return grouped.format(cell);
  return String(Number(cell.toPrecision(3)));
}

/** Rows as a Markdown table: numbers to the right, lists (samples) left out. */
export function table(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
    (column) => !rows.some((row) => Array.isArray(row[column])),
  );
  const numeric = columns.map((column) => rows.every((row) => typeof row[column] !== 'string'));
  const lines = [columns, ...rows.map((row) => columns.map((column) => format(row[column])))];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => (line[i] ?? '').length)));
  const print = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => (numeric[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, i) => (numeric[i] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  const [head = [], ...body] = lines;
  return [head, rule, ...body].map(print).join('\n');
}
