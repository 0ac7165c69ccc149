import { fromOklch, type Oklch } from '../../color/oklch.ts';
import type { Color } from '../../color/rgb.ts';

/** Below this chroma, a colour's hue is hardly visible, so no mixing goes by it. */
const FAINT = 0.055;

/**
 * Mixes two colours by lightness, chroma and the shorter way round the hues, which avoids muddy colours. If one is
 * nearly grey it mixes straight, because the way round the hues would pass colours that belong to neither.
 */
export function between(from: Oklch, to: Oklch, amount: number): Oklch {
  const l = from.l + (to.l - from.l) * amount;
  if (Math.min(from.c, to.c) < FAINT) {
    const radians = Math.PI / 180;
    const a = from.c * Math.cos(from.h * radians) * (1 - amount) + to.c * Math.cos(to.h * radians) * amount;
    const b = from.c * Math.sin(from.h * radians) * (1 - amount) + to.c * Math.sin(to.h * radians) * amount;
    return { l, c: Math.hypot(a, b), h: (Math.atan2(b, a) / radians + 360) % 360 };
  }
  const turn = ((to.h - from.h + 540) % 360) - 180;
  return { l, c: from.c + (to.c - from.c) * amount, h: (from.h + turn * amount + 360) % 360 };
}

/** A colour made lighter or darker, by a share of the way to white or black. */
export function tone({ l, c, h }: Oklch, by: number): Oklch {
  return by >= 0
    ? { l: l + (1 - l) * by, c: c * (1 - by * 0.6), h }
    : { l: l * (1 + by), c: c * (1 + by * 0.4), h };
}

/** The colour as a screen shows it. */
export function shown(color: Oklch): Color {
  return fromOklch(color);
}
