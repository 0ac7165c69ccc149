import { flatten } from '../options/color.ts';
import { forEachIndex, type IndexedImage } from './indexed.ts';

/** Codes are at most this long (GIF89a, appendix F). */
const MAX_BITS = 12;
const TABLE_SIZE = 1 << MAX_BITS;

/** Writes codes of growing length, least significant bit first, in sub-blocks of at most 255 bytes. */
class CodeWriter {
  #bytes = Buffer.allocUnsafe(4096);
  #length = 0;
  #block = 0;
  #pending = 0;
  #bits = 0;

  write(code: number, size: number): void {
    this.#pending |= code << this.#bits;
    this.#bits += size;
    while (this.#bits >= 8) this.#push(this.#pending & 0xff);
  }

  #push(byte: number): void {
    if (this.#length + 2 > this.#bytes.length)
      this.#bytes = Buffer.concat([this.#bytes], this.#bytes.length * 2);
    if (this.#length === this.#block) this.#length += 1;
    this.#bytes[this.#length++] = byte;
    if (this.#length - this.#block === 256) this.#close();
    this.#pending >>>= 8;
    this.#bits -= 8;
  }

  /** Ends a sub-block: its first byte is its length. */
  #close(): void {
    if (this.#length === this.#block) return;
    this.#bytes[this.#block] = this.#length - this.#block - 1;
    this.#block = this.#length;
  }

  /** Flushes the rest and ends the data with an empty sub-block. */
  finish(): Buffer {
    if (this.#bits > 0) {
      this.#bits = 8;
      this.#push(this.#pending & 0xff);
    }
    this.#close();
    return Buffer.concat([this.#bytes.subarray(0, this.#length), Buffer.from([0])]);
  }
}

/** Compresses indices (GIF89a, appendix F: variable-length-code LZW). */
function compress(indices: Uint8Array, minBits: number): Buffer {
  const clear = 1 << minBits;
  const out = new CodeWriter();
  // The code of each prefix followed by each index, or 0 for none: a table never begins with such a code.
  const codes = new Uint16Array(TABLE_SIZE << minBits);
  let next = clear + 2;
  let size = minBits + 1;
  out.write(clear, size);
  let prefix = indices[0] as number;
  for (let i = 1; i < indices.length; i++) {
    const index = indices[i] as number;
    const slot = (prefix << minBits) | index;
    const code = codes[slot] as number;
    if (code !== 0) {
      prefix = code;
      continue;
    }
    out.write(prefix, size);
    prefix = index;
    if (next === TABLE_SIZE) {
      out.write(clear, size);
      codes.fill(0);
      next = clear + 2;
      size = minBits + 1;
      continue;
    }
    codes[slot] = next;
    if (next === 1 << size) size += 1;
    next += 1;
  }
  out.write(prefix, size);
  out.write(clear + 1, size);
  return out.finish();
}

/** Every pixel's index, one byte each, translated by `remap`. */
function spellOut(image: IndexedImage, remap: Uint8Array): Uint8Array {
  const indices = new Uint8Array(image.width * image.height).fill(remap[0] as number);
  forEachIndex(image, (at, index) => {
    indices[at] = remap[index] as number;
  });
  return indices;
}

/** Writes a GIF89a of one frame. GIF has no partial transparency: a pixel below half opacity becomes transparent. */
export function encodeGif(image: IndexedImage): Buffer {
  const { width, height } = image;
  const isClear = image.palette.map((color) => color[3] < 128);
  const transparent = isClear.indexOf(true);
  const remap = Uint8Array.from(image.palette, (_, i) => (isClear[i] ? transparent : i));
  const bits = Math.max(1, Math.ceil(Math.log2(image.palette.length)));
  const table = Buffer.alloc(3 << bits);
  image.palette.forEach((color, i) => {
    table.set(flatten(color).slice(0, 3), i * 3);
  });
  const screen = Buffer.alloc(13);
  screen.write('GIF89a', 0, 'latin1');
  screen.writeUInt16LE(width, 6);
  screen.writeUInt16LE(height, 8);
  screen.set([0xf0 | (bits - 1), 0, 0], 10);
  const control = transparent < 0 ? Buffer.alloc(0) : Buffer.from([0x21, 0xf9, 4, 1, 0, 0, transparent, 0]);
  const frame = Buffer.alloc(11);
  frame[0] = 0x2c;
  frame.writeUInt16LE(width, 5);
  frame.writeUInt16LE(height, 7);
  const minBits = Math.max(2, bits);
  frame[10] = minBits;
  const data = compress(spellOut(image, remap), minBits);
  return Buffer.concat([screen, table, control, frame, data, Buffer.from([0x3b])]);
}
