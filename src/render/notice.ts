import { hash } from 'node:crypto';
import { formatColor } from '../options/color.ts';
import type { Placeholder } from '../options/options.ts';
import { BASELINE, EM, type Outline, Outlines } from './outlines.ts';
import { escapeXml, withIds } from './svg-markup.ts';

/** Font of notices: a placeholder's own font would have to be found first. */
const outlines = new Outlines('inter', 500);

/** Least space between border and text, in px, and as a share of the shorter side. */
const LEAST_PADDING = 3;
const PADDING_SHARE = 0.06;

/** Sizes of the text, in px: as large as fits, up to a share of a square of the same area. */
const LEAST_SIZE = 8;
const MOST_SIZE = 28;
const SIZE_SHARE = 0.075;
/** Least size of the short text where it stands alone. */
const LEAST_SHORT_SIZE = 5;

const LINE_HEIGHT = 1.3;
/** Height of capitals and figures in Inter, in em: text is centred by it. */
const CAP_HEIGHT = 0.73;

type Advance = (text: string) => number;

/** Breaks a word that is too long for a line at the line's end; each piece has at least one character. */
function breakWord(word: string, width: number, advance: Advance): string[] {
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const character of word) {
    const step = advance(character);
    if (piece !== '' && used + step > width) {
      pieces.push(piece);
      [piece, used] = ['', 0];
    }
    piece += character;
    used += step;
  }
  return [...pieces, piece];
}

/** Breaks text into lines at spaces, and within words that are too long for a line. @param width in em */
function breakLines(text: string, width: number, advance: Advance): string[] {
  const space = advance(' ');
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let used = Number.POSITIVE_INFINITY;
    for (const word of paragraph.split(' ')) {
      const step = advance(word);
      if (used + space + step <= width) {
        lines.push(`${lines.pop()} ${word}`);
        used += space + step;
      } else {
        lines.push(...breakWord(word, width, advance));
        used = advance(lines.at(-1) as string);
      }
    }
    return lines;
  });
}

/** How many lines of a size fit. */
const room = (height: number, size: number): number =>
  Math.floor((height / size - CAP_HEIGHT) / LINE_HEIGHT) + 1;

/** Cuts lines that have no room, with an ellipsis at the end. */
function cut(lines: readonly string[], most: number, width: number, advance: Advance): string[] {
  if (lines.length <= most) return [...lines];
  const kept = lines.slice(0, most);
  let last = kept.pop() ?? '';
  while (last !== '' && advance(`${last}…`) > width) last = last.slice(0, -1);
  return [...kept, `${last.trimEnd()}…`];
}

/** The lines of a notice and their size in px; none where not even the short text fits. */
function layOut(
  { width, height, text, border }: Placeholder,
  short: string,
  advance: Advance,
): { size: number; lines: string[] } {
  const padding = border.width + Math.max(LEAST_PADDING, Math.min(width, height) * PADDING_SHARE);
  const [across, down] = [width - 2 * padding, height - 2 * padding];
  const largest = Math.min(MOST_SIZE, Math.max(LEAST_SIZE, Math.sqrt(width * height) * SIZE_SHARE));
  for (let size = Math.floor(largest); size >= LEAST_SIZE; size--) {
    const lines = breakLines(text, across / size, advance);
    if (lines.length <= room(down, size)) return { size, lines };
  }
  const [title = ''] = text.split('\n');
  const isLegible = title.split(' ').every((word) => advance(word) <= across / LEAST_SIZE);
  const most = room(down, LEAST_SIZE);
  if (isLegible && most > 1) {
    const width = across / LEAST_SIZE;
    return { size: LEAST_SIZE, lines: cut(breakLines(text, width, advance), most, width, advance) };
  }
  const size = Math.min(largest, across / advance(short), down / CAP_HEIGHT);
  return size < LEAST_SHORT_SIZE ? { size, lines: [] } : { size, lines: [short] };
}

/** Draws lines: defines each glyph once, then uses it. */
function drawLines(
  { width, height, foreground }: Placeholder,
  { size, lines }: { size: number; lines: readonly string[] },
  glyphs: ReadonlyMap<string, Outline>,
  advance: Advance,
): string {
  const factor = size / EM;
  const round = (value: number): number => Math.round(value);
  const block = ((lines.length - 1) * LINE_HEIGHT + CAP_HEIGHT) * size;
  const first = (height - block) / 2 + CAP_HEIGHT * size;
  const used = new Map<string, string>();
  let uses = '';
  lines.forEach((line, i) => {
    let x = (width / size - advance(line)) / 2;
    const y = round((first + i * LINE_HEIGHT * size) / factor) - BASELINE;
    for (const character of line) {
      const { data, advance: step } = glyphs.get(character) as Outline;
      const id = (character.codePointAt(0) ?? 0).toString(36);
      if (data !== '') {
        used.set(id, data);
        uses += `<use href="#${id}" x="${round(x * EM)}" y="${y}"/>`;
      }
      x += step / EM;
    }
  });
  const defs = Array.from(used, ([id, data]) => `<path id="${id}" d="${data}"/>`).join('');
  return `<defs>${defs}</defs><g fill="#${formatColor(foreground)}" transform="scale(${factor.toFixed(5)})">${uses}</g>`;
}

/**
 * A cheap picture of text: an SVG assembled from outlines that were drawn before, in a fraction of a millisecond.
 * Colours, border and size are the placeholder's; the font is always the same.
 * @param short the whole text where there is too little room: `400`
 * @returns undefined for text with other than Latin characters
 */
export function drawNotice(placeholder: Placeholder, short: string): Buffer | undefined {
  const { width, height, scale, text, background, border } = placeholder;
  const glyphs = outlines.of(`${text.replaceAll('\n', '')}${short}…`);
  if (!glyphs) return undefined;
  const advances = new Map<string, number>();
  const advance: Advance = (piece) => {
    let sum = advances.get(piece);
    if (sum === undefined) {
      sum = 0;
      for (const character of piece) sum += (glyphs.get(character) as Outline).advance / EM;
      advances.set(piece, sum);
    }
    return sum;
  };
  const drawn = drawLines(placeholder, layOut(placeholder, short, advance), glyphs, advance);
  const edge = Math.min(border.width, width / 2, height / 2);
  const inner = `x="${edge / 2}" y="${edge / 2}" width="${width - edge}" height="${height - edge}"`;
  const colors = `fill="#${formatColor(background.colors[0])}" stroke="#${formatColor(border.color)}"`;
  const box = `<rect ${inner} ${colors} stroke-width="${edge}"/>`;
  const ending = hash('sha256', `${width} ${height} ${text}`, 'hex').slice(0, 6);
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * scale}" height="${height * scale}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(text)}">${box}${withIds(drawn, ending)}</svg>`,
  );
}
