import type { Placeholder } from '../options/options.ts';
import { defaultText } from '../options/text.ts';
import type { LabelBox } from './layout.ts';
import type { Align, Room } from './position.ts';

/** Share of a side that stays free on either end of a label: less on small pictures, where each pixel counts. */
const PADDING = { small: 0.08, upTo: 64, large: 0.16, from: 200 };
/** What it is of that where the label stands at an edge. */
const CORNER = 0.6;
/** How much of that is left where a label would be too small to read, step by step. */
const TIGHTER = [1, 0.5, 0] as const;

/**
 * Largest label as a share of the shorter side: a letter or two should not shout. Banners have room for more, for their
 * labels are far from as wide as they are.
 */
const LARGEST = { square: 0.4, upTo: 2, flat: 0.6, from: 6 };
/** Size below which a label is wrapped, as a share of the side of a square of the same area; and at least, in px. */
const WRAP_BELOW = 0.13;
/** Size that is comfortable to read, in the same terms. */
const COMFORTABLE = 0.052;
const LEAST_COMFORTABLE = 12;

/** Rounding and hinting may move ink by so much, in px: a label keeps at least that far from edge and border. */
const LEAST_PADDING = 3;
/** The same on pictures that are hardly larger than that. */
const TINY = 24;

/** A value that goes from one end to the other as another goes from `upTo` to `from`. */
function between(value: number, low: number, high: number, upTo: number, from: number): number {
  return low + (high - low) * Math.min(1, Math.max(0, (value - upTo) / (from - upTo)));
}

/** Space that a border and round corners take from each side, in px: the label keeps within the corners' arcs. */
function clearance({ border, radius, width, height }: Placeholder): number {
  const corner = Math.max(...radius) * (1 - Math.SQRT1_2);
  const least = Math.min(width, height) < TINY ? 1 : LEAST_PADDING;
  return Math.max(border.width + least, corner);
}

/** The space between a label and the edges that a picture has by itself, in px. */
function padding(side: number): number {
  return side * between(side, PADDING.small, PADDING.large, PADDING.upTo, PADDING.from);
}

/** Where the most generous room of a label begins, and all of them, in px before scaling. */
export interface Rooms {
  readonly left: number;
  readonly top: number;
  readonly rooms: LabelBox['rooms'];
}

/** The rooms of a label: with all of its padding, with half, and with none but what border and corners need. */
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

/** Where a label stands, on either axis: what its option does not name is the center. */
export function labelAlign({ align }: Placeholder): Align {
  const words = align.split('-');
  const named = <T extends string>(...sides: T[]): T | 'center' =>
    sides.find((side) => words.includes(side)) ?? 'center';
  return { x: named('left', 'right'), y: named('top', 'bottom') };
}
