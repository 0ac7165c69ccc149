import type { Color } from '../color/rgb.ts';
import type { Path } from './path.ts';

/** A colour of a gradient, at an offset of 0–1. */
export type Stop = readonly [offset: number, color: Color];

/** The fill of a shape; lengths in px before scaling. Colours between stops are interpolated in sRGB, as in SVG. */
export type Paint =
  | { readonly kind: 'flat'; readonly color: Color }
  | {
      readonly kind: 'linear';
      readonly from: readonly [x: number, y: number];
      readonly to: readonly [x: number, y: number];
      readonly stops: readonly Stop[];
    }
  | {
      readonly kind: 'radial';
      readonly center: readonly [x: number, y: number];
      readonly radius: readonly [across: number, down: number];
      readonly stops: readonly Stop[];
    };

/** One shape, filled by the non-zero rule. */
export interface Shape {
  readonly path: Path;
  readonly paint: Paint;
}

/**
 * A picture as shapes, one over the other, from which every format is made. Each paint of the backdrop fills the whole
 * picture, the first one opaquely.
 */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly backdrop: readonly Paint[];
  readonly shapes: readonly Shape[];
}

const cents = (value: number): number => Math.round(value * 100) / 100;

export function flat(color: Color): Paint {
  return { kind: 'flat', color };
}

/** A gradient straight down, from `top` to `bottom`. */
export function down(top: number, bottom: number, stops: readonly Stop[]): Paint {
  return { kind: 'linear', from: [0, cents(top)], to: [0, cents(bottom)], stops };
}

/** A gradient from one point to another. */
export function along(x1: number, y1: number, x2: number, y2: number, stops: readonly Stop[]): Paint {
  return { kind: 'linear', from: [cents(x1), cents(y1)], to: [cents(x2), cents(y2)], stops };
}

export function radial(
  x: number,
  y: number,
  across: number,
  downwards: number,
  stops: readonly Stop[],
): Paint {
  return { kind: 'radial', center: [cents(x), cents(y)], radius: [cents(across), cents(downwards)], stops };
}

/** A colour with another alpha, 0–1. */
export function fade([red, green, blue]: Color, alpha: number): Color {
  return [red, green, blue, Math.round(Math.min(1, Math.max(0, alpha)) * 255)];
}

/** How a light fades with the distance: eased at both ends, so that neither middle nor edge is visible. */
const FALLOFF: readonly (readonly [offset: number, share: number])[] = [
  [0, 1],
  [0.12, 0.92],
  [0.28, 0.68],
  [0.45, 0.4],
  [0.62, 0.19],
  [0.8, 0.055],
  [1, 0],
];

/** A light that fades into nothing. */
export function glow(
  x: number,
  y: number,
  across: number,
  downwards: number,
  color: Color,
  strength: number,
): Paint {
  return radial(
    x,
    y,
    across,
    downwards,
    FALLOFF.map(([offset, share]) => [offset, fade(color, share * strength)]),
  );
}

/** A colour in black and white: its luma (ITU-R BT.601), as in image tools. */
function grey([red, green, blue, alpha]: Color): Color {
  const level = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  return [level, level, level, alpha];
}

function greyPaint(paint: Paint): Paint {
  if (paint.kind === 'flat') return { ...paint, color: grey(paint.color) };
  return { ...paint, stops: paint.stops.map(([offset, color]) => [offset, grey(color)]) };
}

/** A drawing in shades of grey. */
export function grayscale(drawing: Drawing): Drawing {
  return {
    ...drawing,
    backdrop: drawing.backdrop.map(greyPaint),
    shapes: drawing.shapes.map(({ path, paint }) => ({ path, paint: greyPaint(paint) })),
  };
}
