import { availableParallelism } from 'node:os';
import { owned } from './cache/owned.ts';
import { withStack } from './errors.ts';
import { FORMATS } from './formats.ts';
import { createPlaceholderValue, type RenderOptions } from './options/options.ts';
import { outputSize } from './options/sizes.ts';
import { demandOf } from './render/demand.ts';
import { RenderQueue } from './render/queue.ts';
import { RenderThreads } from './render/threads.ts';

/** A drawn picture. */
export interface RenderedPlaceholder {
  /** In memory of its own: keeping a small body keeps nothing else alive. */
  readonly body: Buffer;
  readonly contentType: string;
  /** output pixels */
  readonly width: number;
  readonly height: number;
}

/** The library's own queue: draws as many pictures at a time as there are cores; any number of others may wait. */
const library = {
  threads: new RenderThreads(availableParallelism()),
  queue: new RenderQueue(availableParallelism(), Number.POSITIVE_INFINITY, { refusesLate: false }),
};

/**
 * Draws one picture, without any cache. A picture that would block the event loop is drawn in a thread. At most as many
 * are drawn at a time as there are cores.
 * @throws GreyboxError (as a rejection) naming the option, its value and what is allowed
 */
export async function renderPlaceholder(options: RenderOptions): Promise<RenderedPlaceholder> {
  try {
    const placeholder = createPlaceholderValue(options);
    // Copied to its own memory before the next one is drawn: the output may occupy many times its size.
    const draw = async (): Promise<Buffer> => owned(await library.threads.render(placeholder));
    const body = await library.queue.run(draw, demandOf(placeholder));
    return { body, contentType: FORMATS[placeholder.format].mime, ...outputSize(placeholder) };
  } catch (error) {
    throw withStack(error, renderPlaceholder);
  }
}
