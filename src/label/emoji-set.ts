import { openSync, readFileSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** One drawing: its SVG body, and the height of its box; all boxes are 36 wide. */
export interface Emoji {
  readonly body: string;
  readonly height: number;
}

export const EMOJI_BOX = 36;

/** Drawings that the collection has under another name than their code points. */
const UNLISTED: Readonly<Record<string, string>> = {
  '1f3fb': 'light-skin-tone',
  '1f3fc': 'medium-light-skin-tone',
  '1f3fd': 'medium-skin-tone',
  '1f3fe': 'medium-dark-skin-tone',
  '1f3ff': 'dark-skin-tone',
  '1f9b0': 'red-haired',
  '1f9b1': 'curly-haired',
  '1f9b2': 'bald',
  '1f9b3': 'white-haired',
};

/** Where a drawing lies in the file: bytes. */
interface Extent {
  readonly start: number;
  readonly length: number;
}

interface Collection {
  /** Names by code points: `1f468-200d-1f467`. */
  readonly names: Readonly<Record<string, string>>;
  /** The open file of drawings: 10 MB of JSON, which each thread that draws would otherwise keep. */
  readonly file: number;
  readonly extents: ReadonlyMap<string, Extent>;
}

let collection: Collection | undefined | null = null;

/** The drawings, found for the first emoji; undefined where they are not installed. */
function loadCollection(): Collection | undefined {
  if (collection !== null) return collection;
  try {
    const names = JSON.parse(readFileSync(require.resolve('@iconify-json/twemoji/chars.json'), 'utf8'));
    const file = openSync(require.resolve('@iconify-json/twemoji/icons.json'), 'r');
    collection = { names, file, extents: locateDrawings(readFileSync(file)) };
  } catch {
    collection = undefined;
  }
  return collection;
}

/** The key of a grapheme: its code points in hex of at least four digits, without selectors. */
function keyOf(grapheme: string): string {
  const points = Array.from(grapheme.replaceAll('\uFE0F', ''), (character) => character.codePointAt(0) ?? 0);
  return points.map((point) => point.toString(16).padStart(4, '0')).join('-');
}

/** Where each drawing lies: `"name": {"body":"…"}` up to the brace that ends it; bodies hold no braces. */
function locateDrawings(file: Buffer): Map<string, Extent> {
  const extents = new Map<string, Extent>();
  let end = 0;
  for (let body = file.indexOf('"body":'); body >= 0; body = file.indexOf('"body":', end)) {
    const start = file.lastIndexOf('{', body);
    const name = /"([^"]+)":\s*$/.exec(file.toString('latin1', end, start))?.[1];
    end = file.indexOf('}', body) + 1;
    if (name !== undefined) extents.set(name, { start, length: end - start });
  }
  return extents;
}

function readDrawing({ file, extents }: Collection, name: string): Emoji | undefined {
  const extent = extents.get(name);
  if (!extent) return undefined;
  const bytes = Buffer.alloc(extent.length);
  readSync(file, bytes, 0, extent.length, extent.start);
  const { body, height = EMOJI_BOX } = JSON.parse(bytes.toString()) as Emoji;
  return { body, height };
}

/** The drawing of a grapheme; undefined where there is none. */
export function findEmoji(grapheme: string): Emoji | undefined {
  const loaded = loadCollection();
  const key = keyOf(grapheme);
  const name = loaded?.names[key] ?? UNLISTED[key];
  return loaded && name !== undefined ? readDrawing(loaded, name) : undefined;
}
