import type { Placeholder } from '../options/options.ts';
import { defaultText } from '../options/text.ts';
import type { LabelBox } from './layout.ts';
import type { Align, Room } from './position.ts';

/** Share of a side that stays free at each end of a label: less on small pictures, where each pixel counts. */
const PADDING = { small: 0.08, upTo: 64, large: 0.16, from: 200 };
/** The share of that padding at an edge where the label stands. */
const CORNER = 0.6;
/** Shares of the padding that are tried in turn where a label would be too small to read. */
const TIGHTER = [1, 0.5, 0] as const;

/**
 * Largest label as a share of the shorter side: a letter or two should not shout. Banners allow for more, because their
 * labels are far narrower than they are.
 */
const LARGEST = { square: 0.4, upTo: 2, flat: 0.6, from: 6 };
/** Size below which a label is wrapped, as a share of the side of a square of the same area; and its minimum, in px. */
const WRAP_BELOW = 0.13;
/** Size that is comfortable to read, in the same terms. */
const COMFORTABLE = 0.052;
const LEAST_COMFORTABLE = 12;

/** Rounding and hinting may move ink, so a label stays at least this far from edge and border, in px. */
const LEAST_PADDING = 3;
/** Pictures smaller than this, in px, have less of it. */
const TINY = 24;

/** Goes from `low` to `high` as a value goes from `upTo` to `from`. */
function between(value: number, low: number, high: number, upTo: number, from: number): number {
  return low + (high - low) * Math.min(1, Math.max(0, (value - upTo) / (from - upTo)));
}

/** Space that a border and round corners take from each side, in px: the label stays within the corners' arcs. */
function clearance({ border, radius, width, height }: Placeholder): number {
  const corner = Math.max(...radius) * (1 - Math.SQRT1_2);
  const least = Math.min(width, height) < TINY ? 2 : LEAST_PADDING;
  return Math.max(border.width + least, corner);
}

/** The default space between a label and the edges, in px. */
function padding(side: number): number {
  return side * between(side, PADDING.small, PADDING.large, PADDING.upTo, PADDING.from);
}

/** Where the largest room of a label begins, and the sizes of all rooms, in px before scaling. */
export interface Rooms {
  readonly left: number;
  readonly top: number;
  readonly rooms: LabelBox['rooms'];
}

/** The rooms of a label: with all of its padding, with half of it, and with only what border and corners need. */
export function labelRooms(placeholder: Placeholder): Rooms {
  const { width, height } = placeholder;
  const clear = clearance(placeholder);
  // In a corner a label is as far from one edge as from the other.
  const corner = Math.min(padding(width), padding(height)) * CORNER;
  const usual = (side: number): number => (placeholder.align === 'center' ? padding(side) : corner);
  const wanted = (side: number): number => Math.min(placeholder.padding ?? usual(side), side / 2);
  const inset = (side: number, share: number): number => Math.ceil(Math.max(wanted(side) * share, clear));
  const rooms = TIGHTER.map((share): Room => {
    const [x, y] = [inset(width, share), inset(height, share)];
    return { width: Math.max(0, width - 2 * x), height: Math.max(0, height - 2 * y) };
  }) as [Room, ...Room[]];
  return { left: inset(width, 1), top: inset(height, 1), rooms };
}

/** The sizes that a label may have, in px before scaling. */
export function labelSizes(placeholder: Placeholder): Omit<LabelBox, 'rooms' | 'align'> {
  const { width, height, size, text } = placeholder;
  const side = Math.sqrt(width * height);
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  const share = between(longer / shorter, LARGEST.square, LARGEST.flat, LARGEST.upTo, LARGEST.from);
  const wrapBelow = Math.max(LEAST_COMFORTABLE, side * WRAP_BELOW);
  const largest = width > height ? shorter * share : shorter * LARGEST.square;
  return {
    size: size ?? Math.max(wrapBelow, largest),
    isExact: size !== undefined,
    wrapBelow: size ?? wrapBelow,
    comfortable: Math.max(LEAST_COMFORTABLE, side * COMFORTABLE),
    mayCut: text !== defaultText(width, height),
  };
}

/** Where a label stands on each axis: the center where its option names no side. */
export function labelAlign({ align }: Placeholder): Align {
  const words = align.split('-');
  const named = <T extends string>(...sides: T[]): T | 'center' =>
    sides.find((side) => words.includes(side)) ?? 'center';
  return { x: named('left', 'right'), y: named('top', 'bottom') };
}
