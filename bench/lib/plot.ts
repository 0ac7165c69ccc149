import { svg, text } from './svg.ts';

/** A line of a plot: values at even distances. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
  /** How far along the axis the values reach, 0–1: a run that gave up ends early. */
  readonly reach: number;
}

export interface Plot {
  readonly title: string;
  /** What the axis counts, from 0 to its last value. */
  readonly axis: string;
  readonly last: number;
  readonly unit: string;
  /** At most three. */
  readonly series: readonly Series[];
}

const [WIDTH, HEIGHT, MARGIN, TOP] = [760, 320, 48, 64];

/** A round number that is not below `value`: 1, 2 or 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value) ?? value;
}

/** Draws lines over one axis from zero, as SVG. */
export function plot({ title, axis, last, unit, series }: Plot): string {
  const top = roundUp(Math.max(...series.flatMap(({ values }) => values)));
  const [across, up] = [WIDTH - 2 * MARGIN, HEIGHT - MARGIN - TOP];
  const y = (value: number): number => Number((HEIGHT - MARGIN - (value / top) * up).toFixed(1));
  const grid = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const level = `<path class="grid" d="M${MARGIN} ${y(top * share)}h${across}"/>`;
    return level + text(MARGIN - 6, y(top * share) + 4, String(top * share), 'soft', 'end');
  });
  const lines = series.map(({ name, values, reach }, i) => {
    const x = (at: number): string => (MARGIN + (across * reach * (at + 1)) / values.length).toFixed(1);
    const points = values.map((value, at) => `${x(at)},${y(value)}`).join(' ');
    const legend = text(WIDTH - MARGIN, 28 + 16 * i, name, `series${i}`, 'end');
    return `<polyline class="line series${i}" points="${points}"/>${legend}`;
  });
  return svg(WIDTH, HEIGHT, title, [
    text(20, 30, `${title}, ${unit}`, 'title'),
    ...grid,
    ...lines,
    text(MARGIN, HEIGHT - MARGIN + 20, '0', 'soft'),
    text(WIDTH - MARGIN, HEIGHT - MARGIN + 20, `${last.toLocaleString('en')} ${axis}`, 'soft', 'end'),
  ]);
}
