/** A line of a plot: values at even distances. */
export interface Series {
  readonly name: string;
  readonly color: string;
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
  readonly series: readonly Series[];
}

const [WIDTH, HEIGHT, MARGIN] = [720, 320, 48];

const escapeXml = (text: string): string =>
  text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

/** A round number that is not below `value`: 1, 2 or 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value) ?? value;
}

/** Draws lines over one axis from zero, as SVG. */
export function plot({ title, axis, last, unit, series }: Plot): string {
  const top = roundUp(Math.max(...series.flatMap(({ values }) => values)));
  const [across, up] = [WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN];
  const y = (value: number): string => (HEIGHT - MARGIN - (value / top) * up).toFixed(1);
  const text = (x: number, at: number | string, anchor: string, content: string, fill = '#555'): string =>
    `<text x="${x}" y="${at}" text-anchor="${anchor}" fill="${fill}">${escapeXml(content)}</text>`;
  const grid = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const level = `<path stroke="#ddd" d="M${MARGIN} ${y(top * share)}h${across}"/>`;
    return level + text(MARGIN - 6, Number(y(top * share)) + 4, 'end', String(top * share));
  });
  const lines = series.map(({ name, color, values, reach }, i) => {
    const x = (at: number): string => (MARGIN + (across * reach * (at + 1)) / values.length).toFixed(1);
    const points = values.map((value, at) => `${x(at)},${y(value)}`).join(' ');
    const legend = text(WIDTH - MARGIN, MARGIN + 16 * (i + 1), 'end', name, color);
    return `<polyline fill="none" stroke="${color}" stroke-width="1.5" points="${points}"/>${legend}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<path fill="#fff" d="M0 0h${WIDTH}v${HEIGHT}H0z"/>`,
    text(MARGIN, 28, 'start', `${title}, ${unit}`, '#222'),
    ...grid,
    ...lines,
    text(MARGIN, HEIGHT - MARGIN + 20, 'start', '0'),
    text(WIDTH - MARGIN, HEIGHT - MARGIN + 20, 'end', `${last.toLocaleString('en')} ${axis}`),
    '</svg>\n',
  ].join('\n');
}
