import { crc32 } from 'node:zlib';

/** Print resolution of an unscaled picture, in dots per inch: a px is a point. */
const DPI = 72;
const METRES_PER_INCH = 0.0254;

/** Bytes of a chunk beside its data: length, type and CRC (PNG 3, 5.3). */
const AROUND_DATA = 12;
/** End of IHDR, which always comes first and has a fixed length. */
const AFTER_HEADER = 33;

/** Data of a pHYs chunk: pixels per metre in both directions (PNG 3, 11.3.4.3). @param scale output pixels per px */
export function physicalDimensions(scale: number): Uint8Array {
  const data = Buffer.alloc(9);
  const perMetre = Math.round((DPI * scale) / METRES_PER_INCH);
  data.writeUInt32BE(perMetre, 0);
  data.writeUInt32BE(perMetre, 4);
  data[8] = 1;
  return data;
}

/** A PNG with this print resolution instead of its own. */
function inPng(body: Buffer, scale: number): Buffer {
  const parts = [body.subarray(0, AFTER_HEADER)];
  const data = physicalDimensions(scale);
  const chunk = Buffer.alloc(AROUND_DATA + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write('pHYs', 4, 'latin1');
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  parts.push(chunk);
  for (let at = AFTER_HEADER; at < body.length; ) {
    const end = at + AROUND_DATA + body.readUInt32BE(at);
    if (body.toString('latin1', at + 4, at + 8) !== 'pHYs') parts.push(body.subarray(at, end));
    at = end;
  }
  return Buffer.concat(parts);
}

const APP0 = 0xffe0;

/** A JPEG whose JFIF header has this print resolution instead of its own (JFIF 1.02; ITU-T T.871, 10.1). */
function inJpeg(body: Buffer, scale: number): Buffer {
  const header = Buffer.from('ffd8ffe000104a46494600010201000000000000', 'hex');
  header.writeUInt16BE(DPI * scale, 14);
  header.writeUInt16BE(DPI * scale, 16);
  const rest = body.readUInt16BE(2) === APP0 ? 4 + body.readUInt16BE(4) : 2;
  return Buffer.concat([header, body.subarray(rest)]);
}

/** Writers of the print resolution, for formats that have one. */
const WRITERS: Readonly<Record<string, ((body: Buffer, scale: number) => Buffer) | undefined>> = {
  png: inPng,
  jpeg: inJpeg,
};

/** Sets the print resolution to 72 dpi times the scale, so that a URL prints in one size, whatever encoder wrote it. */
export function withResolution(body: Buffer, format: string, scale: number): Buffer {
  return WRITERS[format]?.(body, scale) ?? body;
}
