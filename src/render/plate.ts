import type { Label } from '../label/label.ts';
import { BLACK, type Color, flatten, isSameColor, over, WHITE } from '../options/color.ts';
import { luminance, worstContrast } from '../options/contrast.ts';
import { LEAST_CONTRAST, readableOn } from '../options/ink.ts';
import { readingOf } from '../options/options.ts';
import { colorsUnderLabel } from '../options/under-label.ts';
import type { Placeholder } from '../options/values.ts';

/** A shape between a label and a background on which the label could not be read; in output pixels. */
export interface Plate {
  /** As SVG path data. */
  readonly data: string;
  readonly color: Color;
}

/** Contrast of a label on a plate (WCAG 2.2, AA). */
const READABLE = 4.5;
/** Opacity of the weakest and the strongest plate, and the step between two. */
const WEAKEST = 0.4;
const STRONGEST = 0.96;
const STEP = 0.08;

/** How far a plate reaches around the ink, and the radius of its corners, in em. */
const AROUND = { x: 0.5, y: 0.34 };
const RADIUS = 0.3;

/** Backgrounds under a plate. */
function covered(backgrounds: readonly Color[], [red, green, blue]: Color, share: number): Color[] {
  return backgrounds.map((one) => over(flatten(one), [red, green, blue, 255], share));
}

/** Black or white, only as opaque as the ink needs; undefined where it needs no plate, or is not the automatic ink. */
function plateColor(ink: Color, backgrounds: readonly Color[]): Color | undefined {
  if (!isSameColor(ink, readableOn(backgrounds))) return undefined;
  if (backgrounds.length === 1 || worstContrast(ink, backgrounds) >= LEAST_CONTRAST) return undefined;
  const side = luminance(flatten(ink)) > 0.3 ? BLACK : WHITE;
  let share = WEAKEST;
  while (share < STRONGEST && worstContrast(ink, covered(backgrounds, side, share)) < READABLE) share += STEP;
  return [side[0], side[1], side[2], Math.round(Math.min(share, STRONGEST) * 255)];
}

/** The least contrast ratio of a picture's ink with the colours under its label, including a plate: 1–21. */
export function labelContrast(placeholder: Placeholder): number {
  const backgrounds = colorsUnderLabel(readingOf(placeholder));
  const { foreground } = placeholder;
  const plate = plateColor(foreground, backgrounds);
  return worstContrast(foreground, plate ? covered(backgrounds, plate, plate[3] / 255) : backgrounds);
}

/** The plate under a label; undefined where its ink reaches 3:1 on all colours under it. */
export function plateUnder(placeholder: Placeholder, label: Label | undefined): Plate | undefined {
  if (!label) return undefined;
  const color = plateColor(placeholder.foreground, colorsUnderLabel(readingOf(placeholder)));
  if (!color) return undefined;
  const { ink, size } = label;
  const round = Math.round;
  const [left, top] = [round(ink.left - AROUND.x * size), round(ink.top - AROUND.y * size)];
  const [right, bottom] = [round(ink.right + AROUND.x * size), round(ink.bottom + AROUND.y * size)];
  const r = round(RADIUS * size);
  const [across, down] = [Math.max(0, right - left - 2 * r), Math.max(0, bottom - top - 2 * r)];
  const arc = (x: number, y: number): string => `a${r} ${r} 0 0 1 ${x} ${y}`;
  const data = `M${left + r} ${top}h${across}${arc(r, r)}v${down}${arc(-r, r)}h${-across}${arc(-r, -r)}v${-down}${arc(r, -r)}z`;
  return { data, color };
}
