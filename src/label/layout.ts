import { type Align, LINE_HEIGHT, type PlacedLabel, place, type Room } from './position.ts';
import {
  type Line,
  type Measure,
  type Paragraph,
  splitGraphemes,
  unwrapped,
  type WrapOptions,
  wrap,
  wrapEvenly,
} from './wrap.ts';

/** Where a label may go; all in px. */
export interface LabelBox {
  /** Concentric rooms, the largest first: padding is given up where the label would be too small to read. */
  readonly rooms: readonly [Room, ...Room[]];
  /** The largest size; a label that does not fit is shrunk. */
  readonly size: number;
  /** Whether the URL gives that size: then all rooms are tried with it before the label is shrunk. */
  readonly isExact: boolean;
  /** Down to this size a label is shrunk rather than wrapped. */
  readonly wrapBelow: number;
  /** Down to this size a label is shrunk rather than crowded, broken within words or cut. */
  readonly comfortable: number;
  /** Whether a label that does not fit may be cut short with `…`; otherwise it is left out. */
  readonly mayCut: boolean;
  readonly align: Align;
}

/** Below this size, in px, a label cannot be read: it is left out, unless the URL asks for less. */
export const MIN_LABEL_SIZE = 6;

/** The least share of its size that a label keeps to save lines, or to have only its own line ends. */
const FEWER_LINES = 0.72;
const OWN_LINES = 0.6;

const ELLIPSIS = '…';

/** Lines at a size. */
interface Sized {
  readonly lines: readonly Line[];
  readonly size: number;
}

/** Height of lines from the top of the first one's ink to the bottom of the last one's, in em. */
function inkHeight(lines: readonly Line[]): number {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return 0;
  return (
    first.measure(first.text).ascent + (lines.length - 1) * LINE_HEIGHT + last.measure(last.text).descent
  );
}

const fitsHeight = (lines: readonly Line[], size: number, room: Room): boolean =>
  inkHeight(lines) * size <= room.height;

/** Lines at a size, undefined where they do not fit. */
type Attempt = (size: number) => readonly Line[] | undefined;

/** The largest size at which an attempt succeeds, to a quarter of a pixel; undefined where even the smallest fails. */
function largest(attempt: Attempt, smallest: number, biggest: number): Sized | undefined {
  const tried = (size: number): Sized | undefined => {
    const lines = attempt(size);
    return lines && { lines, size };
  };
  const all = tried(biggest);
  if (all || smallest >= biggest) return all;
  let best = tried(smallest);
  if (!best) return undefined;
  for (let high = biggest; high - best.size > 0.25; ) {
    const middle = (best.size + high) / 2;
    const better = tried(middle);
    if (better) best = better;
    else high = middle;
  }
  return best;
}

/** The lines that fit one room at any size: not wrapped, wrapped between words, or within words too. */
class Fitting {
  readonly #paragraphs: readonly Paragraph[];
  readonly #room: Room;

  constructor(paragraphs: readonly Paragraph[], room: Room) {
    this.#paragraphs = paragraphs;
    this.#room = room;
  }

  get paragraphs(): number {
    return this.#paragraphs.length;
  }

  readonly whole: Attempt = (size) => {
    const lines = this.#paragraphs.map(unwrapped);
    const widest = Math.max(...lines.map(({ text, measure }) => measure(text).advance));
    return widest * size <= this.#room.width && fitsHeight(lines, size, this.#room) ? lines : undefined;
  };

  readonly wrapped: Attempt = (size) => this.#wrap(size, false);

  readonly broken: Attempt = (size) => this.#wrap(size, true);

  /** As `wrapped`, but into at most `most` lines. */
  within(most: number): Attempt {
    return (size) => {
      const lines = this.#wrap(size, false);
      return lines && lines.length <= most ? lines : undefined;
    };
  }

  even({ lines, size }: Sized, mayBreak: boolean): Sized {
    const even = wrapEvenly(this.#paragraphs, this.#options(size, mayBreak));
    return { size, lines: even.length === lines.length ? even : lines };
  }

  /** The lines that the room has space for; the last one and those that are too wide end in an ellipsis. */
  cut(size: number): Sized | undefined {
    const { lines } = wrap(this.#paragraphs, this.#options(size, true));
    const most = Math.max(1, Math.floor((this.#room.height / size - 1) / LINE_HEIGHT) + 1);
    const kept = lines
      .slice(0, most)
      .map((line, i) => this.#end(line, size, lines.length > most && i === most - 1));
    return kept.some(({ text }) => text !== '') && fitsHeight(kept, size, this.#room)
      ? { lines: kept, size }
      : undefined;
  }

  #options(size: number, mayBreak: boolean): WrapOptions {
    return { width: this.#room.width / size, mayBreak };
  }

  #wrap(size: number, mayBreak: boolean): readonly Line[] | undefined {
    const { lines, overflows } = wrap(this.#paragraphs, this.#options(size, mayBreak));
    return !overflows && fitsHeight(lines, size, this.#room) ? lines : undefined;
  }

  #end(line: Line, size: number, isCut: boolean): Line {
    const fits = (text: string): boolean => line.measure(text).advance * size <= this.#room.width;
    if (!isCut && fits(line.text)) return line;
    const letters = splitGraphemes(line.text);
    while (letters.length > 0 && !fits(letters.join('').trimEnd() + ELLIPSIS)) letters.pop();
    return { ...line, text: letters.length === 0 ? '' : letters.join('').trimEnd() + ELLIPSIS };
  }
}

/**
 * Rounds a size down so that a digit is a whole number of pixels wide (or a half, in small labels). Equal digits then
 * have equal pixels, look alike and compress to a tenth less.
 */
function snap(size: number, measure: Measure): number {
  const digit = measure('0').advance * (size < 32 ? 2 : 1);
  return Math.max(MIN_LABEL_SIZE, Math.floor(size * digit) / digit);
}

/**
 * The same label in fewer lines, where that costs little: a text with its own line ends is seldom broken elsewhere.
 * This does not decide whether a single paragraph is wrapped at all.
 */
function fewerLines(fitting: Fitting, wrapped: Sized, least: number): Sized {
  const own = fitting.paragraphs;
  const smallest = Math.min(wrapped.size, Math.max(least, wrapped.size * FEWER_LINES));
  const fewest = fitting.wrapped(smallest)?.length ?? wrapped.lines.length;
  const tries = [
    [own, wrapped.size * (own > 1 ? OWN_LINES : 1)],
    [Math.max(own + 1, fewest), smallest],
  ] as const;
  for (const [most, size] of tries) {
    const fewer =
      most < wrapped.lines.length && most >= own
        ? largest(fitting.within(most), size, wrapped.size)
        : undefined;
    if (fewer) return fewer;
  }
  return wrapped;
}

/** A label that fits one room at `least` px or more: one line per paragraph, else wrapped evenly into few lines. */
function fitRoom(fitting: Fitting, least: number, { size, wrapBelow, isExact }: LabelBox): Sized | undefined {
  const whole = largest(fitting.whole, Math.max(least, wrapBelow), size);
  if (whole) return whole;
  const wrapped = largest(fitting.wrapped, least, Math.max(least, Math.min(wrapBelow, size)));
  if (!wrapped) return undefined;
  return fitting.even(isExact ? wrapped : fewerLines(fitting, wrapped, least), false);
}

/** Largest size of a label with broken words, as a share of the size below which labels are wrapped. */
const BROKEN = 0.7;

/** The largest label whose words may be broken, up to that share. */
function breakWords(fitting: Fitting, least: number, { size, wrapBelow }: LabelBox): Sized | undefined {
  const broken = largest(fitting.broken, least, Math.max(least, Math.min(size, wrapBelow * BROKEN)));
  return broken && fitting.even(broken, true);
}

/** The last resorts where no room has space for a comfortable label. */
function squeeze(fitting: Fitting, smallest: number, most: number, box: LabelBox): Sized | undefined {
  const wrapped = largest(fitting.wrapped, smallest, most);
  if (!box.mayCut) return wrapped;
  const broken = breakWords(fitting, smallest, box);
  if (broken && broken.size > (wrapped?.size ?? 0)) return broken;
  return wrapped ?? fitting.cut(smallest);
}

/** The lines of a label and their size: see {@link layoutLabel}. */
function chooseLines(paragraphs: readonly Paragraph[], box: LabelBox): Sized | undefined {
  const smallest = Math.min(MIN_LABEL_SIZE, box.size);
  const comfortable = Math.min(box.size, Math.max(smallest, box.comfortable));
  const fittings = box.rooms.map((room) => new Fitting(paragraphs, room)) as [Fitting, ...Fitting[]];
  const [padded, tightest] = [fittings[0], fittings.at(-1) as Fitting];
  const fitted = (rooms: readonly Fitting[], least: number): Sized | undefined => {
    for (const room of rooms) {
      const sized = fitRoom(room, least, box);
      if (sized) return sized;
    }
    return undefined;
  };
  return (
    (box.isExact ? fitted(fittings, box.size) : fitted(fittings.slice(0, -1), comfortable)) ??
    (box.mayCut && !box.isExact ? breakWords(padded, comfortable, box) : undefined) ??
    fitted([tightest], comfortable) ??
    squeeze(tightest, smallest, comfortable, box)
  );
}

/**
 * Places a label: in one line while that is large enough, then wrapped where its language allows, then with less
 * padding, then broken within words that are too long, then smaller, then cut short; undefined where not even a few
 * letters of {@link MIN_LABEL_SIZE} px fit. Pure: it knows the font only by `measure`, which gets capitals and figures.
 */
export function layoutLabel(
  paragraphs: readonly Paragraph[],
  box: LabelBox,
  measure: Measure,
): PlacedLabel | undefined {
  const sized = chooseLines(paragraphs, box);
  if (!sized) return undefined;
  const size = box.isExact ? sized.size : snap(sized.size, measure);
  const placed = place({ lines: sized.lines, size }, box.rooms, box.align, measure);
  return placed.lines.length > 0 ? placed : undefined;
}
