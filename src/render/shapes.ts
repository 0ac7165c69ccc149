import type { Pattern } from '../options/choices.ts';
import type { Placeholder } from '../options/options.ts';

/** A shape as SVG path data, filled, or stroked if it has a width; in px before scaling. */
export interface Shape {
  readonly data: string;
  readonly stroke?: number;
  /** Side of the repeated square that the shape fills; absent for a shape that covers the picture. */
  readonly tile?: number;
}

/** A repeated pattern: the side of its tile in a picture of 600×400, and its shape in a tile of any even side. */
interface Tiled {
  readonly side: number;
  readonly data: (side: number) => string;
}

const TILED: Readonly<Record<Exclude<Pattern, 'none' | 'cross'>, Tiled>> = {
  grid: {
    side: 24,
    data: (side) => {
      const line = Math.max(1, Math.round(side / 24));
      return `M0 0h${side}v${line}h${line - side}v${side - line}h${-line}z`;
    },
  },
  checker: {
    side: 24,
    data: (side) => {
      const half = side / 2;
      return `M0 0h${half}v${half}h${-half}zM${half} ${half}h${half}v${half}h${-half}z`;
    },
  },
  stripes: {
    side: 20,
    data: (side) => `M0 0h${side / 2}L0 ${side / 2}zM${side} 0v${side / 2}L${side / 2} ${side}H0z`,
  },
  dots: {
    side: 20,
    data: (side) => {
      const r = side / 5;
      return `M${side / 2 - r} ${side / 2}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
    },
  },
};

/** Side of a square of the area of a 600×400 picture, in px. */
const USUAL = 490;
/** Smallest tile, in px. */
const LEAST_TILE = 8;

/**
 * The side of a tile in whole, even px. It grows with the picture, so that a large picture that is shown small has no
 * pattern finer than its pixels, which would cause moiré.
 */
function tileSide(side: number, { width, height }: Placeholder): number {
  const grown = (side * Math.sqrt(width * height)) / USUAL;
  return Math.max(LEAST_TILE, 2 * Math.round(grown / 2));
}

/** The shape of a picture's pattern; undefined for none. */
export function patternShape(placeholder: Placeholder): Shape | undefined {
  const { pattern, width, height } = placeholder;
  const { name } = pattern;
  if (name === 'none') return undefined;
  if (name !== 'cross') {
    const { side, data } = TILED[name];
    const tile = tileSide(side, placeholder);
    return { tile, data: data(tile) };
  }
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

/** The outline of the picture: everything outside it is transparent. */
export function outline(placeholder: Placeholder): string {
  return roundedRect(placeholder, 0);
}

/**
 * The border, to be filled by the even-odd rule: the whole picture less its outline moved inwards. The picture's own
 * edge cuts it off outside, so that the two edges do not blend along round corners.
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
