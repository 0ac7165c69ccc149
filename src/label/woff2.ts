import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

/** Ranges of code points, first and last, ascending. */
export type Ranges = readonly (readonly [first: number, last: number])[];

/** Known table tags that the directory names by number; only the ones told apart here (WOFF2, 5.2). */
const CMAP = 0;
const GLYF = 10;
const LOCA = 11;
const CUSTOM_TAG = 63;

/** Reads UIntBase128: seven bits a byte, the high bit set on all but the last (WOFF2, 4.1). */
function readBase128(bytes: Buffer, start: number): { value: number; next: number } {
  let value = 0;
  for (let at = start; at < start + 5; at++) {
    const byte = bytes.readUInt8(at);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, next: at + 1 };
  }
  throw new Error('a number in a font directory is too long');
}

/** The font's `cmap` table: found by adding up the lengths of the tables before it in the one Brotli stream. */
function readCmap(file: Buffer): Buffer {
  if (file.toString('latin1', 0, 4) !== 'wOF2') throw new Error('not a WOFF2 font');
  let at = 48;
  let offset = 0;
  let found: { offset: number; length: number } | undefined;
  for (let i = 0; i < file.readUInt16BE(12); i++) {
    const flags = file.readUInt8(at);
    const tag = flags & 0x3f;
    const length = readBase128(file, at + (tag === CUSTOM_TAG ? 5 : 1));
    // Glyphs are transformed unless version 3 says that they are not; all others are where it is not 0.
    const version = flags >> 6;
    const transformed = tag === GLYF || tag === LOCA ? version !== 3 : version !== 0;
    const stored = transformed ? readBase128(file, length.next) : length;
    if (tag === CMAP) found = { offset, length: length.value };
    offset += stored.value;
    at = stored.next;
  }
  if (!found) throw new Error('the font has no cmap');
  const tables = brotliDecompressSync(file.subarray(at, at + file.readUInt32BE(20)));
  return tables.subarray(found.offset, found.offset + found.length);
}

/** Segments of format 4; of a segment, only the code points with a glyph (OpenType, cmap, format 4). */
function readFormat4(table: Buffer): Ranges {
  const segments = table.readUInt16BE(6) / 2;
  const ranges: [number, number][] = [];
  for (let i = 0; i < segments; i++) {
    const last = table.readUInt16BE(14 + i * 2);
    const first = table.readUInt16BE(16 + (segments + i) * 2);
    if (last !== 0xffff) ranges.push([first, last]);
  }
  return ranges;
}

/** Groups of format 12 (OpenType, cmap, format 12). */
function readFormat12(table: Buffer): Ranges {
  return Array.from({ length: table.readUInt32BE(12) }, (_, i) => {
    const at = 16 + i * 12;
    return [table.readUInt32BE(at), table.readUInt32BE(at + 4)] as const;
  });
}

/**
 * The code points that a WOFF2 font has glyphs for. What a package's unicode-range promises is wider: it is cut from the
 * script, not from the font.
 * @throws Error where the file is no WOFF2 font with a cmap of format 4 or 12
 */
export function readCoverage(path: string): Ranges {
  const cmap = readCmap(readFileSync(path));
  const tables = Array.from({ length: cmap.readUInt16BE(2) }, (_, i) =>
    cmap.subarray(cmap.readUInt32BE(8 + i * 8)),
  );
  const wide = tables.find((table) => table.readUInt16BE(0) === 12);
  if (wide) return readFormat12(wide);
  const narrow = tables.find((table) => table.readUInt16BE(0) === 4);
  if (narrow) return readFormat4(narrow);
  throw new Error(`no readable cmap in ${path}`);
}
