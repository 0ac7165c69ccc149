import type { Row } from '../scenario.ts';
import { svg, text } from './svg.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Said after the value. */
  readonly remark?: string;
  /** Whether it is greybox'. */
  readonly ours: boolean;
}

export interface Panel {
  readonly title: string;
  readonly bars: readonly Bar[];
}

const [WIDTH, LABELS, REMARKS, MARGIN] = [760, 190, 190, 20];
const [BAR, GAP, HEAD] = [18, 8, 30];

const figures = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

function drawPanel({ title, bars }: Panel, top: number, most: number): string[] {
  const across = WIDTH - LABELS - REMARKS - 2 * MARGIN;
  const drawn = bars.flatMap(({ label, value, remark = '', ours }, i) => {
    const y = top + HEAD - 12 + i * (BAR + GAP);
    const length = Math.max(1, (value / most) * across);
    const x = MARGIN + LABELS;
    return [
      text(x - 8, y + 14, label, '', 'end'),
      `<rect class="${ours ? 'ours' : 'theirs'}" x="${x}" y="${y}" width="${length.toFixed(1)}" height="${BAR}" rx="2"/>`,
      text(x + length + 8, y + 14, `${figures.format(value)}${remark && `  ${remark}`}`, ours ? '' : 'soft'),
    ];
  });
  return [text(MARGIN, top, title, 'soft'), ...drawn];
}

const highest = (panels: readonly Panel[]): number =>
  Math.max(...panels.flatMap((panel) => panel.bars.map(({ value }) => value)));

/**
 * Draws figures as bars from zero, one panel below another, as SVG.
 * @param scale whether the panels have one scale or one each
 */
export function bars(title: string, panels: readonly Panel[], scale: 'one' | 'each' = 'one'): string {
  const parts = [text(MARGIN, 30, title, 'title')];
  let top = 58;
  for (const panel of panels) {
    parts.push(...drawPanel(panel, top, highest(scale === 'one' ? panels : [panel])));
    top += HEAD + panel.bars.length * (BAR + GAP) + 12;
  }
  return svg(WIDTH, top - 14, title, parts);
}

const isOurs = (label: unknown): boolean => /^greybox/.test(String(label));

export interface RowBars {
  /** The column that names the bars, `server` by default. */
  readonly label?: string;
  readonly value: string;
  /** A column with a multiple of another contestant, which is said too. */
  readonly ratio?: string;
  /** What comes first: the largest by default. */
  readonly first?: 'most' | 'least' | 'as given';
}

/** Bars of one column of a table. */
export function rowBars(
  rows: readonly Row[],
  { label = 'server', value, ratio, first = 'most' }: RowBars,
): Bar[] {
  const all = rows.map((row) => {
    const times = ratio === undefined ? undefined : row[ratio];
    const remark =
      typeof times === 'number' ? `(${Number(times.toPrecision(2))} of ${ratio?.replace('/ ', '')})` : '';
    return { label: String(row[label]), value: Number(row[value]), remark, ours: isOurs(row[label]) };
  });
  const order = { most: -1, least: 1, 'as given': 0 }[first];
  return all.sort((a, b) => order * (a.value - b.value));
}
