import { fromOklch, toOklch } from '../color/oklch.ts';
import { BLACK, type Color, flatten, WHITE } from './color.ts';
import { apca, contrast, worstContrast } from './contrast.ts';

/** WCAG's threshold for large text: a label's ink must reach it. */
export const LEAST_CONTRAST = 3;
/** WCAG's AAA threshold for text: more than this is not needed. */
const ENOUGH = 7;

/** Readable on both white and black: the ink for a transparent picture. */
const ON_ANYTHING: Color = [118, 118, 118, 255];

/**
 * The two inks from their weakest to their strongest, in OKLCH: near-black and near-white, with a hint of the
 * background's hue, so that it is neither brown on red nor lilac on blue.
 */
const SIDES = [
  { from: 0.38, to: 0, chroma: 0.035 },
  { from: 0.955, to: 1, chroma: 0.012 },
] as const;
const STEPS = 24;

type Side = (typeof SIDES)[number];

/** The weakest ink of one side that reaches 7:1 on all of some opaque colours, else the strongest. */
function inkOf({ from, to, chroma }: Side, opaque: readonly Color[]): Color {
  const { c, h } = toOklch(opaque[Math.floor(opaque.length / 2)] ?? WHITE);
  const strongest = to === 0 ? BLACK : WHITE;
  for (let step = 0; step < STEPS; step++) {
    const share = step / STEPS;
    const tint = Math.min(chroma, c * 0.4) * (1 - share);
    const ink = fromOklch({ l: from + (to - from) * share, c: tint, h });
    if (opaque.every((color) => contrast(ink, color) >= ENOUGH)) return ink;
  }
  return strongest;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function findInk(backgrounds: readonly Color[]): Color {
  if (backgrounds.every((color) => color[3] === 0)) return ON_ANYTHING;
  const opaque = backgrounds.map((color) => flatten(color));
  const inks = SIDES.map((side) => inkOf(side, opaque));
  const strongest = (some: readonly Color[], join: (strengths: number[]) => number): Color | undefined => {
    const strength = (ink: Color): number => join(opaque.map((color) => apca(ink, color)));
    return [...some].sort((a, b) => strength(b) - strength(a))[0];
  };
  const readable = inks.filter((ink) => worstContrast(ink, opaque) >= LEAST_CONTRAST);
  // Where none is readable, a plate hides most of the background: the ink should suit the greater part of it.
  return strongest(readable, (each) => Math.min(...each)) ?? strongest(inks, sum) ?? BLACK;
}

const packed = ([red, green, blue, alpha]: Color): number => ((red * 256 + green) * 256 + blue) * 256 + alpha;

/** Known inks: most pictures have one of a few backgrounds, and each needs its ink twice. */
const inks = new Map<string | number, Color>();
/** Beyond this many, the cache is emptied. */
const MOST_INKS = 1000;

/**
 * The automatic ink on some colours: near-black or near-white, whichever looks stronger (APCA) of those that reach 3:1
 * on all colours. It is as strong as needed to reach 7:1, or as strong as possible (WCAG 2.2).
 */
export function readableOn(backgrounds: readonly Color[]): Color {
  const [first] = backgrounds;
  const key = backgrounds.length === 1 && first ? packed(first) : backgrounds.join(' ');
  const known = inks.get(key);
  if (known) return known;
  const ink = findInk(backgrounds);
  if (inks.size >= MOST_INKS) inks.clear();
  inks.set(key, ink);
  return ink;
}
