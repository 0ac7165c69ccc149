import { LRUCache } from 'lru-cache';
import { fontKey, setFont } from '../label/canvas-font.ts';
import { type Figures, figuresOf, shapingSize } from '../label/figures.ts';
import type { Label } from '../label/label.ts';
import { type Color, css } from '../options/color.ts';
import { ALIGN, type Coverage, coverageWithin, evenUp } from './coverage.ts';

/** A character's coverage at one size: rows as in a {@link Coverage}, padded to whole words. */
interface Glyph {
  /** From the pen to the first column, in bytes, and from the baseline to the first row. */
  readonly left: number;
  readonly top: number;
  /** Bytes per row, without padding. */
  readonly stride: number;
  readonly rows: number;
  readonly words: Int32Array;
}

/** The canvas draws larger glyphs as shapes, at any position within a pixel. */
const LARGEST = 256;
/** The canvas draws other glyphs at the nearest quarter of a pixel. */
const QUARTERS = 4;
/** Positions of a pen that need their own glyph: those within a byte, which is two pixels. */
const PHASES = 2 * QUARTERS;

/** Drawn glyphs, bounded in bytes. Labels have few sizes, because sizes are rounded to whole digits. */
const atlas = new LRUCache<string, Glyph>({ maxSize: 8 * 2 ** 20 });
/** Bytes of an entry besides its pixels. */
const OVERHEAD = 400;

/** A character of a label: the byte that its pen is in, and how many quarters of a pixel to the right of its edge. */
interface Place {
  readonly key: string;
  readonly figures: Figures;
  readonly character: string;
  readonly byte: number;
  readonly y: number;
  readonly phase: number;
}

/**
 * The grey that the canvas draws as strongly as a colour. It draws light and dark text differently, in eight steps of
 * luminance, with three bits per channel (Skia's SkMaskGamma).
 */
function strengthOf([red, green, blue]: Color): number {
  const coarse = (channel: number): number => Math.round(((channel >> 5) * 255) / 7);
  return (54 * coarse(red) + 183 * coarse(green) + 19 * coarse(blue)) >> 13;
}

/** Where each character of a label goes; undefined for a label with anything but figures. */
function placesOf({ runs, rules, icon, font, size }: Label, strength: number): Place[] | undefined {
  if (size > LARGEST || rules.length > 0 || icon) return undefined;
  const places: Place[] = [];
  const shaped = shapingSize(size);
  const prefix = `${fontKey(font)} ${size} ${strength}`;
  for (const { text, x: start, y } of runs) {
    const figures = figuresOf(text, font);
    if (!figures) return undefined;
    const starts = figures.starts(text);
    for (let i = 0; i < text.length; i++) {
      const character = text.charAt(i);
      if (character === '\u00A0') continue;
      const quarters = Math.round((start + (starts[i] as number) * shaped) * QUARTERS);
      const phase = quarters % PHASES;
      const byte = (quarters - phase) / PHASES;
      places.push({ key: `${prefix} ${character}${phase}`, figures, character, byte, y, phase });
    }
  }
  return places;
}

/** Cuts a glyph out of a coverage, without empty rows and bytes around it. A copy, because a view would be larger. */
function cutOut({ width, data }: Coverage, from: number, to: number, pen: number, baseline: number): Glyph {
  const stride = width >> 1;
  let [left, right, top, bottom] = [to, from, data.length / stride, 0];
  for (let row = 0, at = 0; at < data.length; row++, at += stride) {
    for (let column = from; column < to; column++) {
      if (data[at + column] === 0) continue;
      left = Math.min(left, column);
      right = Math.max(right, column + 1);
      top = Math.min(top, row);
      bottom = row + 1;
    }
  }
  const [columns, rows] = [Math.max(0, right - left), Math.max(0, bottom - top)];
  const perRow = Math.ceil(columns / 4);
  const words = new Int32Array(perRow * rows);
  const bytes = new Uint8Array(words.buffer);
  for (let row = 0; row < rows; row++) {
    const [start, to] = [(top + row) * stride + left, row * perRow * 4];
    for (let i = 0; i < columns; i++) bytes[to + i] = data[start + i] as number;
  }
  return { left: left - pen, top: top - baseline, stride: columns, rows, words };
}

/** Air around a glyph on the canvas, in px: its ink may exceed its extents by this much. */
const AIR = 3;

/** Draws the glyphs for some places side by side. */
function drawGlyphs(places: Iterable<Place>, { font, size }: Label, strength: number): Map<string, Glyph> {
  let [width, above, below] = [0, 0, 0];
  const cells = Array.from(places, ({ key, figures, character, phase }) => {
    const { left, right, ascent, descent } = figures.extentsOf(character);
    const from = width;
    const pen = evenUp(from + Math.ceil(-Math.min(0, left) * size) + AIR);
    width = evenUp(pen + Math.ceil(right * size) + AIR + 1);
    above = Math.max(above, Math.ceil(ascent * size) + AIR);
    below = Math.max(below, Math.ceil(descent * size) + AIR);
    return { key, figures, character, phase, from, pen, to: width };
  });
  const level = (strength << 5) + 16;
  const sheet = coverageWithin({ x: 0, y: 0, width, height: above + below }, (context) => {
    context.fillStyle = css([level, level, level, 255]);
    setFont(context, font, size);
    for (const { figures, character, phase, pen } of cells)
      figures.draw(context, character, pen + phase / QUARTERS, above, size);
  });
  return new Map(
    cells.map(({ key, from, to, pen }) => [key, cutOut(sheet, from >> 1, to >> 1, pen >> 1, above)]),
  );
}

/** The glyph of each place: from the atlas, or drawn together with all missing ones. */
function glyphsOf(places: readonly Place[], label: Label, strength: number): Glyph[] {
  const known = places.map(({ key }) => atlas.get(key));
  const missing = new Map(places.filter((_, i) => !known[i]).map((place) => [place.key, place]));
  if (missing.size === 0) return known as Glyph[];
  const drawn = drawGlyphs(missing.values(), label, strength);
  for (const [key, glyph] of drawn) atlas.set(key, glyph, { size: glyph.words.byteLength + OVERHEAD });
  return places.map(({ key }, i) => known[i] ?? (drawn.get(key) as Glyph));
}

/** The lowest bit of each pixel that has ink, of eight. */
function inked(pixels: number): number {
  return (pixels | (pixels >>> 1) | (pixels >>> 2) | (pixels >>> 3)) & 0x11111111;
}

/** Eight pixels with the ink of one glyph over another's. */
function over(below: number, above: number): number {
  if ((inked(below) & inked(above)) === 0) return below | above;
  let pixels = 0;
  for (let shift = 0; shift < 32; shift += 4) {
    const clear = (15 - ((below >>> shift) & 15)) * (15 - ((above >>> shift) & 15));
    pixels |= (15 - Math.round(clear / 15)) << shift;
  }
  return pixels;
}

/** Adds a glyph to rows of coverage, a word at a time; `start` is where its first byte goes. */
function addGlyph(data: DataView, width: number, { stride, words }: Glyph, start: number): void {
  for (let from = 0, row = start; from < words.length; row += width) {
    for (let to = row; to < row + stride; to += 4, from++) {
      const below = data.getInt32(to, true);
      const above = words[from] as number;
      data.setInt32(to, below === 0 ? above : over(below, above), true);
    }
  }
}

/**
 * The coverage of a label of figures, assembled from glyphs; undefined for other labels, which the canvas must draw.
 * @param width of the picture, in output pixels
 * @param height of the picture, in output pixels
 */
export function figureCoverage(
  label: Label,
  width: number,
  height: number,
  ink: Color,
): Coverage | undefined {
  const strength = strengthOf(ink);
  const places = placesOf(label, strength);
  if (!places) return undefined;
  const glyphs = glyphsOf(places, label, strength);
  let [left, top, right, bottom] = [width, height, 0, 0];
  glyphs.forEach((glyph, i) => {
    const { byte, y } = places[i] as Place;
    left = Math.min(left, byte + glyph.left);
    top = Math.min(top, y + glyph.top);
    right = Math.max(right, byte + glyph.left + glyph.stride);
    bottom = Math.max(bottom, y + glyph.top + glyph.rows);
  });
  if (left < 0 || top < 0 || right * 2 > evenUp(width) || bottom > height) return undefined;
  left -= left % (ALIGN / 2);
  const stride = right - left;
  const size = stride * (bottom - top);
  // The words of the last row may reach past its end.
  const data = new DataView(new ArrayBuffer(size + 3));
  glyphs.forEach((glyph, i) => {
    const { byte, y } = places[i] as Place;
    addGlyph(data, stride, glyph, (y + glyph.top - top) * stride + byte + glyph.left - left);
  });
  return {
    x: left * 2,
    y: top,
    width: stride * 2,
    height: bottom - top,
    data: new Uint8Array(data.buffer, 0, size),
  };
}
