import { crc32 } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A chunk without its length and CRC (PNG 3, 5.3). */
export type Chunk = readonly [type: string, data: Uint8Array];

/** Length, type and CRC of a chunk (PNG 3, 5.3). */
const AROUND_DATA = 12;

/** Writes a chunk, and returns where the next one begins. */
function writeChunk(out: Buffer, at: number, type: string, data: Uint8Array): number {
  const end = at + 8 + data.length;
  out.writeUInt32BE(data.length, at);
  out.write(type, at + 4, 'latin1');
  out.set(data, at + 8);
  out.writeUInt32BE(crc32(out.subarray(at + 4, end)), end);
  return end + 4;
}

/** IHDR of a picture that is not interlaced (PNG 3, 11.2.1). */
export function header(width: number, height: number, depth: number, colorType: number): Uint8Array {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data[8] = depth;
  data[9] = colorType;
  return data;
}

/** Writes a PNG from its chunks; IEND is added. */
export function writePng(chunks: readonly Chunk[]): Buffer {
  const all: Chunk[] = [...chunks, ['IEND', new Uint8Array(0)]];
  const length = all.reduce((sum, [, data]) => sum + AROUND_DATA + data.length, SIGNATURE.length);
  const out = Buffer.alloc(length);
  out.set(SIGNATURE);
  let at = SIGNATURE.length;
  for (const [type, data] of all) at = writeChunk(out, at, type, data);
  return out;
}
