import type { Pattern } from '../options/choices.ts';
import type { Placeholder } from '../options/options.ts';

/** A shape as SVG path data, filled, or stroked where it says how wide; in px before scaling. */
export interface Shape {
  readonly data: string;
  readonly stroke?: number;
  /** Side of the square that the shape fills and that is repeated; absent for one that covers the picture. */
  readonly tile?: number;
}

const TILED: Readonly<Record<Exclude<Pattern, 'none' | 'cross'>, Shape>> = {
  grid: { tile: 24, data: 'M0 0h24v1h-23v23h-1z' },
  checker: { tile: 24, data: 'M0 0h12v12h-12zM12 12h12v12h-12z' },
  stripes: { tile: 20, data: 'M0 0h10L0 10zM20 0v10L10 20H0z' },
  dots: { tile: 20, data: 'M6 10a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z' },
};

/** The shape of a picture's pattern; undefined for none. */
export function patternShape({ pattern, width, height }: Placeholder): Shape | undefined {
  const { name } = pattern;
  if (name === 'none') return undefined;
  if (name !== 'cross') return TILED[name];
  return {
    data: `M0 0L${width} ${height}M${width} 0L0 ${height}`,
    stroke: Math.max(1, Math.min(width, height) / 100),
  };
}

/** Where the first tile begins, in whole px: the middle of a tile lies in the middle of the picture. */
export function tileOrigin({ width, height }: Placeholder, tile: number): { x: number; y: number } {
  const first = (side: number): number => (Math.round((side - tile) / 2) % tile) - tile;
  return { x: first(width), y: first(height) };
}

/** A rectangle with round corners, `inset` px within the picture; empty where nothing is left of it. */
function roundedRect({ width, height, radius }: Placeholder, inset: number): string {
  const [a, b, c, d] = radius.map((r) => Math.max(0, r - inset)) as [number, number, number, number];
  const [w, h] = [width - 2 * inset, height - 2 * inset];
  if (w <= 0 || h <= 0) return '';
  const arc = (r: number, x: number, y: number): string => (r > 0 ? `a${r} ${r} 0 0 1 ${x} ${y}` : '');
  const [top, right] = [`h${w - a - b}${arc(b, b, b)}`, `v${h - b - c}${arc(c, -c, c)}`];
  const [bottom, left] = [`h${c + d - w}${arc(d, -d, -d)}`, `v${d + a - h}${arc(a, a, -a)}`];
  return `M${inset + a} ${inset}${top}${right}${bottom}${left}z`;
}

/** Whether a picture has a round corner. */
export function isRounded({ radius }: Placeholder): boolean {
  return radius.some((one) => one > 0);
}

/** The outline of the picture: what lies outside it is transparent. */
export function outline(placeholder: Placeholder): string {
  return roundedRect(placeholder, 0);
}

/**
 * The border, to be filled by the even-odd rule: the whole picture less its outline moved inwards. Its outer edge is
 * whatever the picture is cut off at, so that the two do not blend along round corners.
 */
export function borderShape(placeholder: Placeholder): string {
  const { width, height, border } = placeholder;
  return `M0 0h${width}v${height}H0z${roundedRect(placeholder, border.width)}`;
}

/** Whether the picture is more than a label on its background. */
export function hasShapes(placeholder: Placeholder): boolean {
  const { pattern, border } = placeholder;
  return pattern.name !== 'none' || border.width > 0 || isRounded(placeholder);
}

/** The end points of a gradient's line, in px, as CSS draws it through the middle (CSS Images 3, 3.1.1). */
export function gradientLine(
  width: number,
  height: number,
  angle: number,
): [x0: number, y0: number, x1: number, y1: number] {
  const radians = (angle * Math.PI) / 180;
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)];
  const half = (Math.abs(width * sin) + Math.abs(height * cos)) / 2;
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  const [x, y] = [width / 2, height / 2];
  return [round(x - sin * half), round(y + cos * half), round(x + sin * half), round(y - cos * half)];
}
