import type { Color } from './color.ts';

/** A gradient's colours, evenly spaced from its start to its end. */
export type Colors = readonly [Color, ...Color[]];

/** A stop as canvases and SVG take it: they interpolate a colour and its opacity separately. */
export interface Stop {
  /** 0–1 */
  readonly offset: number;
  readonly color: Color;
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

/** The colour between two, interpolated premultiplied (CSS Images 3, 3.4.2): transparent ones do not tint it. */
function between(from: Color, to: Color, amount: number): Color {
  const [source, target] = [from[3] * (1 - amount), to[3] * amount];
  const alpha = source + target;
  if (alpha === 0) return [from[0], from[1], from[2], 0];
  const channel = (i: 0 | 1 | 2): number => Math.round((from[i] * source + to[i] * target) / alpha);
  return [channel(0), channel(1), channel(2), Math.round(alpha)];
}

/** The colour of a gradient at an offset, 0–1; beyond its ends, the colour of that end. */
export function colorAt(colors: Colors, offset: number): Color {
  const place = Math.min(1, Math.max(0, offset)) * (colors.length - 1);
  const index = Math.min(Math.floor(place), Math.max(0, colors.length - 2));
  const from = colors[index] ?? colors[0];
  return between(from, colors[index + 1] ?? from, place - index);
}

/** Steps between two colours of different opacity: enough that no kink is visible. */
const PARTS = 16;

/** The stops between two neighbours, the second left out. */
function stopsBetween(from: Color, to: Color, start: number, end: number): Stop[] {
  if (from[3] === to[3]) return [{ offset: start, color: from }];
  // A transparent end takes its neighbour's colour, so there are two stops at one offset if the neighbours differ.
  if (to[3] === 0)
    return [
      { offset: start, color: from },
      { offset: end, color: [from[0], from[1], from[2], 0] },
    ];
  if (from[3] === 0) return [{ offset: start, color: [to[0], to[1], to[2], 0] }];
  return Array.from({ length: PARTS }, (_, i) => ({
    offset: start + ((end - start) * i) / PARTS,
    color: between(from, to, i / PARTS),
  }));
}

/** A gradient's stops for renderers that interpolate without premultiplying: the result looks as in CSS. */
export function gradientStops(colors: Colors): Stop[] {
  const last = colors.length - 1;
  const stops = colors
    .slice(0, last)
    .flatMap((from, i) => stopsBetween(from, colors[i + 1] as Color, i / last, (i + 1) / last));
  const end = colors[last] as Color;
  const before = colors[last - 1];
  return end[3] === 0 && before && before[3] > 0 ? stops : [...stops, { offset: 1, color: end }];
}
