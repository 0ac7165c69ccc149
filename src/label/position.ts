import type { Line, Measure } from './wrap.ts';

/** Room for a label, in px. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/** From baseline to baseline, in em. */
export const LINE_HEIGHT = 1.25;

/** Where a label stands in its room, on either axis. */
export interface Align {
  readonly x: 'left' | 'center' | 'right';
  readonly y: 'top' | 'center' | 'bottom';
}

/** One line of a placed label: the start of its baseline and its ink, in px from the top left of the largest room. */
export interface PlacedLine {
  readonly text: string;
  readonly rtl: boolean;
  readonly x: number;
  readonly y: number;
  readonly ink: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
}

export interface PlacedLabel {
  /** Font size in px. */
  readonly size: number;
  readonly lines: readonly PlacedLine[];
}

/** The letter whose top and bottom decide where the lines of any label stand. */
const CAPITAL = 'H';
const DESCENDER = 'p';

/**
 * The first baseline, in em from the top of a room `height` em high. It depends on the height of capitals, not on the
 * label's own ink: side by side, labels of one size share a baseline, whatever letters they have.
 */
function firstBaseline(count: number, height: number, align: Align['y'], measure: Measure): number {
  const { ascent } = measure(CAPITAL);
  const others = (count - 1) * LINE_HEIGHT;
  if (align === 'top') return ascent;
  if (align === 'bottom') return height - others - measure(DESCENDER).descent;
  return (height - others + ascent) / 2;
}

/** Where in a room a line begins so that its ink is aligned, in em from the left. */
function lineStart(
  width: number,
  { left, right }: { left: number; right: number },
  align: Align['x'],
): number {
  if (align === 'left') return -left;
  if (align === 'right') return width - right;
  return (width - left - right) / 2;
}

/** How far a range must be moved to lie between two values, the lower one first. */
const shiftInto = (low: number, high: number, from: number, to: number): number =>
  Math.max(0, from - low) || Math.min(0, to - high);

/** Places lines in the first of several concentric rooms, or beyond it up to the edges of the last one. */
export function place(
  { lines, size }: { readonly lines: readonly Line[]; readonly size: number },
  rooms: readonly [Room, ...Room[]],
  align: Align,
  measure: Measure,
): PlacedLabel {
  const [room] = rooms;
  const last = rooms.at(-1) ?? room;
  const [overX, overY] = [(last.width - room.width) / 2, (last.height - room.height) / 2];
  const top = firstBaseline(lines.length, room.height / size, align.y, measure) * size;
  const extents = lines.map(({ text, measure }) => measure(text));
  const [first, end] = [extents[0], extents.at(-1)];
  const shift = shiftInto(
    top - (first?.ascent ?? 0) * size,
    top + ((lines.length - 1) * LINE_HEIGHT + (end?.descent ?? 0)) * size,
    -overY,
    room.height + overY,
  );
  return {
    size,
    lines: lines.flatMap(({ text, rtl }, i) => {
      const { left, right, ascent, descent } = extents[i] as (typeof extents)[number];
      if (right <= left) return [];
      const start = lineStart(room.width / size, { left, right }, align.x) * size;
      const x = Math.round(
        start + shiftInto(start + left * size, start + right * size, -overX, room.width + overX),
      );
      const y = Math.round(top + shift + i * LINE_HEIGHT * size);
      const ink = {
        left: x + left * size,
        right: x + right * size,
        top: y - ascent * size,
        bottom: y + descent * size,
      };
      return [{ text, rtl, x, y, ink }];
    }),
  };
}
