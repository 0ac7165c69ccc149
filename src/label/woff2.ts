import { readFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { type Ranges, readCmap } from './cmap.ts';

/** Known table tags that the directory names by number; only the ones needed here (WOFF2, 5.2). */
const TAGS = { cmap: 0, name: 5, glyf: 10, loca: 11 };
const CUSTOM_TAG = 63;

const HEADER = 48;

/** A table as the directory lists it. */
interface Table {
  /** Its flags, and its name where the flags do not give it. */
  readonly tag: Buffer;
  readonly known: number;
  /** Bytes in the font, and bytes in the stream, where the two differ. */
  readonly length: number;
  readonly transformed: number | undefined;
  /** Where it starts in the stream. */
  readonly offset: number;
}

/** A font file taken apart: its header, its tables, and the stream that holds them. */
interface Woff2 {
  readonly header: Buffer;
  readonly tables: readonly Table[];
  readonly stream: Buffer;
}

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

/** Writes UIntBase128. */
function base128(value: number): Buffer {
  const bytes = [value & 0x7f];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    bytes.unshift((rest & 0x7f) | 0x80);
  return Buffer.from(bytes);
}

/** @throws Error where the file is no WOFF2 font */
function readWoff2(file: Buffer): Woff2 {
  if (file.toString('latin1', 0, 4) !== 'wOF2') throw new Error('not a WOFF2 font');
  const tables: Table[] = [];
  let at = HEADER;
  let offset = 0;
  for (let i = 0; i < file.readUInt16BE(12); i++) {
    const flags = file.readUInt8(at);
    const known = flags & 0x3f;
    const tag = file.subarray(at, at + (known === CUSTOM_TAG ? 5 : 1));
    const length = readBase128(file, at + tag.length);
    // Glyphs are transformed unless the version is 3; other tables are transformed unless it is 0.
    const version = flags >> 6;
    const isGlyphs = known === TAGS.glyf || known === TAGS.loca;
    const transformed = (isGlyphs ? version !== 3 : version !== 0)
      ? readBase128(file, length.next)
      : undefined;
    tables.push({ tag, known, length: length.value, transformed: transformed?.value, offset });
    offset += transformed?.value ?? length.value;
    at = (transformed ?? length).next;
  }
  const stream = brotliDecompressSync(file.subarray(at, at + file.readUInt32BE(20)));
  return { header: file.subarray(0, HEADER), tables, stream };
}

/** The font that was read last: its coverage is read right before it is registered. */
let last: { readonly path: string; readonly font: Woff2 } | undefined;

function open(path: string): Woff2 {
  if (last?.path !== path) last = { path, font: readWoff2(readFileSync(path)) };
  return last.font;
}

/**
 * A table of a WOFF2 font that is stored as it is.
 * @throws Error where the file is no WOFF2 font, or lacks the table
 */
export function readTable(path: string, tag: 'cmap' | 'name'): Buffer {
  const { tables, stream } = open(path);
  const table = tables.find(({ known }) => known === TAGS[tag]);
  if (!table) throw new Error(`no ${tag} in ${path}`);
  return stream.subarray(table.offset, table.offset + table.length);
}

/**
 * The code points that a WOFF2 font has glyphs for. A package's unicode-range promises more: it is made from the
 * script, not from the font.
 * @throws Error where the file is no WOFF2 font with a cmap of format 4 or 12
 */
export function readCoverage(path: string): Ranges {
  return readCmap(readTable(path, 'cmap'));
}

/** A name table with only a family's name, for Windows, in English (OpenType, name, version 0). */
function nameTable(family: string): Buffer {
  const text = Buffer.from(family, 'utf16le').swap16();
  const [windows, unicode, english, familyName, start] = [3, 1, 0x409, 1, 18];
  const head = [0, 1, start, windows, unicode, english, familyName, text.length, 0];
  return Buffer.concat([Buffer.from(new Uint16Array(head).buffer).swap16(), text]);
}

/**
 * A font file under another family name, so that code elsewhere in the process does not find it under its own.
 * @throws Error where the file is no WOFF2 font
 */
export function readRenamed(path: string, family: string): Buffer {
  const { header, tables, stream } = open(path);
  const name = nameTable(family);
  const isName = ({ known }: Table): boolean => known === TAGS.name;
  const directory = tables.map((table) => {
    const lengths = isName(table) ? [name.length] : [table.length, table.transformed ?? []].flat();
    return Buffer.concat([table.tag, ...lengths.map(base128)]);
  });
  const contents = tables.map((table) =>
    isName(table) ? name : stream.subarray(table.offset, table.offset + (table.transformed ?? table.length)),
  );
  // It is read once, so fast compression matters more than a small file.
  const packed = brotliCompressSync(Buffer.concat(contents), {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MIN_QUALITY },
  });
  const parts = [header, ...directory, packed];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  // Each block ends at a multiple of four bytes (WOFF2, 3).
  const file = Buffer.concat(parts, Math.ceil(length / 4) * 4);
  file.writeUInt32BE(file.length, 8);
  file.writeUInt32BE(packed.length, 20);
  // No metadata and no private data, which would follow the fonts.
  file.fill(0, 28, HEADER);
  return file;
}
