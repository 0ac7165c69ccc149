import { hash } from 'node:crypto';
import { formatColor } from '../options/color.ts';
import type { Placeholder } from '../options/options.ts';
import { BASELINE, EM, type Outline, Outlines } from './outlines.ts';
import { escapeXml, withIds } from './svg-markup.ts';

/** Font of notices: a placeholder's own font would have to be found first. The first line, a title, is bold. */
const OUTLINES = { title: new Outlines('inter', 700), detail: new Outlines('inter', 500) } as const;

type Kind = keyof typeof OUTLINES;

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
/** Room between title and detail, beside the height of a line, in em. */
const GAP = 0.35;
/** Height of capitals and figures in Inter, in em: text is centred by it. */
const CAP_HEIGHT = 0.73;

/** The width of a text, in em. */
type Advance = (text: string) => number;
type Advances = Readonly<Record<Kind, Advance>>;

interface Line {
  readonly text: string;
  readonly kind: Kind;
}

/** Breaks a word that is too long for a line, after a slash if it has one; each piece has at least one character. */
function breakWord(word: string, width: number, advance: Advance): string[] {
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const character of word) {
    const step = advance(character);
    if (piece !== '' && used + step > width) {
      const slash = piece.lastIndexOf('/') + 1;
      const end = slash > 1 ? slash : piece.length;
      pieces.push(piece.slice(0, end));
      piece = piece.slice(end);
      used = piece === '' ? 0 : advance(piece);
    }
    piece += character;
    used += step;
  }
  return [...pieces, piece];
}

/** Breaks a paragraph into lines at spaces, and within words that are too long for a line. @param width in em */
function breakParagraph(paragraph: string, width: number, advance: Advance): string[] {
  const space = advance(' ');
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
}

/** The lines of a text whose first paragraph is its title. @param width in em */
function breakLines(text: string, width: number, advances: Advances): Line[] {
  return text.split('\n').flatMap((paragraph, i) => {
    const kind = i === 0 ? 'title' : 'detail';
    return breakParagraph(paragraph, width, advances[kind]).map((line) => ({ text: line, kind }) as const);
  });
}

/** How many lines of a size fit. @param gap between title and detail, in em */
const room = (height: number, size: number, gap = 0): number =>
  Math.floor((height / size - CAP_HEIGHT - gap) / LINE_HEIGHT) + 1;

/** Cuts lines that have no room, with an ellipsis at the end. */
function cut(lines: readonly Line[], most: number, width: number, advances: Advances): Line[] {
  if (lines.length <= most) return [...lines];
  const kept = lines.slice(0, most);
  const { text: whole = '', kind = 'detail' } = kept.pop() ?? {};
  let last = whole;
  while (last !== '' && advances[kind](`${last}…`) > width) last = last.slice(0, -1);
  return [...kept, { text: `${last.trimEnd()}…`, kind }];
}

/** The lines of a notice, their size in px, and the gap between title and detail in em. */
interface Layout {
  readonly size: number;
  readonly gap: number;
  readonly lines: readonly Line[];
}

/** Lays a notice out; it has no lines where not even the short text fits. */
function layOut({ width, height, text, border }: Placeholder, short: string, advances: Advances): Layout {
  const padding = border.width + Math.max(LEAST_PADDING, Math.min(width, height) * PADDING_SHARE);
  const [across, down] = [width - 2 * padding, height - 2 * padding];
  const largest = Math.min(MOST_SIZE, Math.max(LEAST_SIZE, Math.sqrt(width * height) * SIZE_SHARE));
  for (let size = Math.floor(largest); size >= LEAST_SIZE; size--) {
    const lines = breakLines(text, across / size, advances);
    if (lines.length <= room(down, size, GAP)) return { size, gap: GAP, lines };
  }
  const [title = ''] = text.split('\n');
  const isLegible = title.split(' ').every((word) => advances.title(word) <= across / LEAST_SIZE);
  const most = room(down, LEAST_SIZE);
  if (isLegible && most > 1) {
    const width = across / LEAST_SIZE;
    const lines = cut(breakLines(text, width, advances), most, width, advances);
    return { size: LEAST_SIZE, gap: 0, lines };
  }
  const size = Math.min(largest, across / advances.title(short), down / CAP_HEIGHT);
  return { size, gap: 0, lines: size < LEAST_SHORT_SIZE ? [] : [{ text: short, kind: 'title' }] };
}

/** Draws lines: defines each glyph once, then uses it. */
function drawLines(
  { width, height, foreground }: Placeholder,
  { size, gap, lines }: Layout,
  glyphs: Readonly<Record<Kind, ReadonlyMap<string, Outline>>>,
  advances: Advances,
): string {
  const factor = size / EM;
  const round = (value: number): number => Math.round(value);
  const titles = lines.filter(({ kind }) => kind === 'title').length;
  const between = titles < lines.length ? gap : 0;
  const block = ((lines.length - 1) * LINE_HEIGHT + between + CAP_HEIGHT) * size;
  const first = (height - block) / 2 + CAP_HEIGHT * size;
  const used = new Map<string, string>();
  let uses = '';
  lines.forEach(({ text, kind }, i) => {
    let x = (width / size - advances[kind](text)) / 2;
    const down = i * LINE_HEIGHT + (i >= titles ? between : 0);
    const y = round((first + down * size) / factor) - BASELINE;
    for (const character of text) {
      const { data, advance: step } = glyphs[kind].get(character) as Outline;
      const id = kind.charAt(0) + (character.codePointAt(0) ?? 0).toString(36);
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

function measureWith(glyphs: ReadonlyMap<string, Outline>): Advance {
  const known = new Map<string, number>();
  return (piece) => {
    let sum = known.get(piece);
    if (sum === undefined) {
      sum = 0;
      for (const character of piece) sum += (glyphs.get(character) as Outline).advance / EM;
      known.set(piece, sum);
    }
    return sum;
  };
}

/**
 * A cheap picture of text: an SVG assembled from outlines that were drawn before, in a fraction of a millisecond.
 * Colours, border and size are the placeholder's; the font is always the same, and the first line a bold title.
 * @param short the whole text where there is too little room: `400`
 * @returns undefined for text with other than Latin characters
 */
export function drawNotice(placeholder: Placeholder, short: string): Buffer | undefined {
  const { width, height, scale, text, background, border } = placeholder;
  const [title = '', ...others] = text.split('\n');
  const bold = OUTLINES.title.of(`${title}${short} …`);
  const normal = OUTLINES.detail.of(`${others.join('')} …`);
  if (!bold || !normal) return undefined;
  const glyphs = { title: bold, detail: normal };
  const advances = { title: measureWith(bold), detail: measureWith(normal) };
  const drawn = drawLines(placeholder, layOut(placeholder, short, advances), glyphs, advances);
  const edge = Math.min(border.width, width / 2, height / 2);
  const inner = `x="${edge / 2}" y="${edge / 2}" width="${width - edge}" height="${height - edge}"`;
  const colors = `fill="#${formatColor(background.colors[0])}" stroke="#${formatColor(border.color)}"`;
  const box = `<rect ${inner} ${colors} stroke-width="${edge}"/>`;
  const ending = hash('sha256', `${width} ${height} ${text}`, 'hex').slice(0, 6);
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * scale}" height="${height * scale}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(text)}">${box}${withIds(drawn, ending)}</svg>`,
  );
}
