import { move, transferableSymbol, valueSymbol } from 'piscina';
import type { Placeholder } from '../options/options.ts';
import { lowerThreadPriority } from '../priority.ts';
import { type Drawing, draw } from './render.ts';

/** Copies bytes where needed: memory of a canvas is freed with its thread, even after it was handed over. */
function own(bytes: Uint8Array, isCanvas: boolean): Uint8Array {
  const isWhole = bytes.byteLength === bytes.buffer.byteLength;
  return isCanvas || !isWhole ? new Uint8Array(bytes) : bytes;
}

/** A drawing whose bytes can be handed over without another copy. */
function owned(drawing: Drawing): [drawing: Drawing, bytes: ArrayBufferLike] {
  if ('encoded' in drawing) {
    const encoded = own(drawing.encoded, false);
    return [{ encoded }, encoded.buffer];
  }
  const data = own(drawing.pixels.data, drawing.isCanvas);
  return [{ ...drawing, pixels: { ...drawing.pixels, data } }, data.buffer];
}

/**
 * Runs in a render thread. Pixels that sharp must encode are handed back: loading sharp in a thread would change the
 * settings of the whole process.
 */
export default async function drawInThread(placeholder: Placeholder): Promise<unknown> {
  const [drawing, bytes] = owned(await draw(placeholder));
  return move({ [transferableSymbol]: [bytes], [valueSymbol]: drawing } as never);
}

lowerThreadPriority();
