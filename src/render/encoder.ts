import type { EncodeAnswer, EncodeRequest } from './encoder-process.ts';
import { encodeRaster, ownSharp } from './raster.ts';

/** The process that encodes if sharp's settings belong to another program. It ends with the process that started it. */
ownSharp();
process.on('message', async ({ id, raster, options }: EncodeRequest) => {
  let answer: EncodeAnswer;
  try {
    answer = { id, body: await encodeRaster(raster, options) };
  } catch (error) {
    answer = { id, error: (error as Error).message };
  }
  process.send?.(answer);
});
process.once('disconnect', () => process.exit());
