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

/** Draws figures as bars from zero, one panel below another on one scale, as SVG. */
export function bars(title: string, panels: readonly Panel[]): string {
  const most = Math.max(...panels.flatMap((panel) => panel.bars.map(({ value }) => value)));
  const parts = [text(MARGIN, 30, title, 'title')];
  let top = 58;
  for (const panel of panels) {
    parts.push(...drawPanel(panel, top, most));
    top += HEAD + panel.bars.length * (BAR + GAP) + 12;
  }
  return svg(WIDTH, top - 24, title, parts);
}

const isOurs = (label: unknown): boolean => /^greybox/.test(String(label));

/**
 * Bars of one column of a table, the largest first unless told otherwise.
 * @param ratio a column with a multiple of another contestant that is said too
 */
export function rowBars(
  rows: readonly Row[],
  {
    label = 'server',
    value,
    ratio,
    sort = true,
  }: { label?: string; value: string; ratio?: string; sort?: boolean },
): Bar[] {
  const all = rows.map((row) => {
    const times = ratio === undefined ? undefined : row[ratio];
    const remark = typeof times === 'number' ? `(${times.toFixed(2)} of ${ratio?.replace('/ ', '')})` : '';
    return { label: String(row[label]), value: Number(row[value]), remark, ours: isOurs(row[label]) };
  });
  return sort ? all.sort((a, b) => b.value - a.value) : all;
}
