import sharp, { type OutputInfo, type OverlayOptions } from 'sharp';
import { parseImageUrl } from '../src/dialects/image.ts';
import { createPlaceholderValue, type RenderOptions } from '../src/options/options.ts';
import { DEFAULT_LIMITS } from '../src/options/sizes.ts';
import { renderPlaceholder } from '../src/render-placeholder.ts';
import type { Section, Tile } from './gallery-table.ts';

/** Output pixels per px: sheets are sharp on dense screens. */
const SCALE = 2;
const GAP = 16;
const LINE = 18;
const PAGE = { paper: 'f6f8fa', ink: '57606a', name: '1f2328' };
/** Files over this many bytes are brought down to 256 colours. */
const LARGE = 150_000;
/** Captions: their size, and the width of a letter of theirs. */
const CAPTION = { size: 11, letter: 6.6 };
const WIDE =
  /[\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{Extended_Pictographic}\p{Regional_Indicator}\u3000-\u303F]/u;

/** The options that a tile's URL names. */
export function optionsOf({ url }: Tile): RenderOptions {
  return parseImageUrl(url, DEFAULT_LIMITS).options;
}

/** A URL as far as there is room for it. */
export function shorten(url: string, width: number): string {
  let left = width / CAPTION.letter;
  const graphemes = Array.from(new Intl.Segmenter('en').segment(url), ({ segment }) => segment);
  const end = graphemes.findIndex((grapheme) => {
    left -= WIDE.test(grapheme) ? 2 : 1;
    return left < 0;
  });
  return end < 0 ? url : `${graphemes.slice(0, end - 1).join('')}…`;
}

/**
 * A line under a tile, drawn by greybox too. Labels are centred by their ink: bars far out on either side, which are cut
 * off again, keep all captions on one line.
 */
async function drawCaption(text: string, width: number, style: Partial<RenderOptions>): Promise<Buffer> {
  const air = '\u00A0'.repeat(Math.ceil(width / 5));
  // Non-joiners draw nothing, and keep what the caption quotes from being filled in or broken.
  const quoted = text.replaceAll('{', '{\u200C').replaceAll('\\', '\\\u200C');
  const wide = 6 * width;
  const { body } = await renderPlaceholder({
    width: wide,
    height: 2 * LINE,
    text: `|${air}${quoted}${air}|`,
    bg: PAGE.paper,
    fg: PAGE.ink,
    size: CAPTION.size,
    scale: SCALE,
    ...style,
  });
  const left = Math.floor((wide - width) / 2) * SCALE;
  return sharp(body)
    .extract({ left, top: (LINE / 2) * SCALE, width: width * SCALE, height: LINE * SCALE })
    .png()
    .toBuffer();
}

/** What shows through a picture that is not opaque. */
async function drawCheckerboard(width: number, height: number): Promise<Buffer> {
  const look = { bg: 'fff', fg: '888', pattern: 'checker', text: '' };
  const { body } = await renderPlaceholder({
    width: Math.ceil(width / SCALE),
    height: Math.ceil(height / SCALE),
    scale: SCALE,
    ...look,
  });
  return sharp(body).extract({ left: 0, top: 0, width, height }).png().toBuffer();
}

/** A tile's picture, over a checkerboard where its background lets something through. */
async function drawTile(
  tile: Tile,
  { enlarged, width: cell }: Section,
): Promise<OutputInfo & { data: Buffer }> {
  const options = optionsOf(tile);
  const { background } = createPlaceholderValue(options);
  const scale = options.scale ?? SCALE;
  const { body, width, height } = await renderPlaceholder({ ...options, scale });
  let picture = sharp(body);
  if (enlarged) picture = picture.resize({ width: cell * SCALE, kernel: 'nearest' });
  else if (background.colors.some(([, , , alpha]) => alpha < 255)) {
    picture = sharp(await drawCheckerboard(width, height)).composite([{ input: body }]);
  }
  const { data, info } = await picture.png().toBuffer({ resolveWithObject: true });
  return { ...info, data };
}

/** A tile and its captions where they go on the sheet, in output pixels. */
async function placeTile(tile: Tile, section: Section, x: number, y: number): Promise<OverlayOptions[]> {
  const { data, width, height } = await drawTile(tile, section);
  const picture = {
    input: data,
    left: Math.round(x * SCALE + (section.width * SCALE - width) / 2),
    top: Math.round(y * SCALE + (section.height * SCALE - height) / 2),
  };
  const caption = shorten(tile.url, section.width + GAP / 2);
  const lines: [string, Partial<RenderOptions>][] = [[caption, { font: 'jetbrains-mono', weight: 400 }]];
  if (tile.name) lines.unshift([tile.name, { fg: PAGE.name }]);
  const captions = lines.map(async ([text, style], i) => ({
    input: await drawCaption(text, section.width + GAP / 2, style),
    left: (x - GAP / 4) * SCALE,
    top: (y + section.height + 6 + i * LINE) * SCALE,
  }));
  return [picture, ...(await Promise.all(captions))];
}

/** Draws the pictures of a section side by side, each over its URL, as one PNG of twice the size that it is shown at. */
export async function drawSection(section: Section): Promise<Buffer> {
  const { columns, tiles } = section;
  const captions = tiles.some(({ name }) => name) ? 2 : 1;
  const across = section.width + GAP;
  const down = section.height + 6 + captions * LINE + GAP;
  const placed = tiles.map((tile, i) =>
    placeTile(tile, section, GAP + (i % columns) * across, GAP + Math.floor(i / columns) * down),
  );
  const sheet = {
    width: (GAP + columns * across) * SCALE,
    height: (GAP + Math.ceil(tiles.length / columns) * down) * SCALE,
  };
  const raw = await sharp({ create: { ...sheet, channels: 3, background: `#${PAGE.paper}` } })
    .composite((await Promise.all(placed)).flat())
    .raw()
    .toBuffer({ resolveWithObject: true });
  const image = sharp(raw.data, { raw: raw.info });
  if (section.photographic) return image.jpeg({ quality: 78, mozjpeg: true }).toBuffer();
  const exact = await image.clone().png({ compressionLevel: 9 }).toBuffer();
  return exact.length < LARGE ? exact : image.png({ palette: true, compressionLevel: 9 }).toBuffer();
}
