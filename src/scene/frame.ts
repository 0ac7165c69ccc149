import type { Oklch } from '../color/oklch.ts';
import { between, shown } from './colors/mixing.ts';
import type { Palette } from './colors/palette.ts';
import type { Stop } from './drawing.ts';
import type { Random } from './random.ts';

/** The input of a scene. */
export interface Frame {
  /** px before scaling */
  readonly width: number;
  readonly height: number;
  /** The unit of sizes: the side of a square of the same area, but no more than fits the picture well. */
  readonly unit: number;
  readonly palette: Palette;
  readonly random: Random;
}

/** A gradient's stops in even steps in OKLCH, so that the sRGB colours between them are not muddy. */
export function ramp(colors: readonly Oklch[], steps = 3): Stop[] {
  const stops: Stop[] = [];
  const spans = colors.length - 1;
  for (let i = 0; i <= spans * steps; i++) {
    const span = Math.min(spans - 1, Math.floor(i / steps));
    const amount = (i - span * steps) / steps;
    const color = between(colors[span] as Oklch, colors[span + 1] as Oklch, amount);
    stops.push([i / (spans * steps), shown(color)]);
  }
  return stops;
}

/** Smooth noise along a line: a function of any number, about -1 to 1, with hills about 1 wide. */
export function noise(random: Random, octaves = 3, roughness = 0.45): (x: number) => number {
  const layers = Array.from({ length: octaves }, (_, i) => ({
    values: Array.from({ length: 64 }, () => random.range(-1, 1)),
    scale: 2 ** i,
    share: roughness ** i,
  }));
  const sum = layers.reduce((total, { share }) => total + share, 0);
  return (x) => {
    let value = 0;
    for (const { values, scale, share } of layers) {
      const at = x * scale;
      const i = Math.floor(at);
      const t = at - i;
      const ease = t * t * (3 - 2 * t);
      const from = values[((i % 64) + 64) % 64] as number;
      const to = values[(((i + 1) % 64) + 64) % 64] as number;
      value += (from + (to - from) * ease) * share;
    }
    return value / sum;
  };
}
