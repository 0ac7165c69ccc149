import { availableParallelism } from 'node:os';
import { owned } from './cache/owned.ts';
import { withStack } from './errors.ts';
import { FORMATS } from './formats.ts';
import { createPlaceholderValue, type Placeholder, type RenderOptions } from './options/options.ts';
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

/** Bytes that pictures drawn at the same time may take together; one that takes more is drawn alone. */
const MEMORY = 256 * 2 ** 20;

/**
 * A queue of its own, and the threads that it draws in: as many pictures at a time as there are cores and memory for.
 * Any number of others may wait.
 */
export function createDrawing(cores: number): (placeholder: Placeholder) => Promise<Buffer> {
  const threads = new RenderThreads(cores);
  const queue = new RenderQueue(cores, Number.POSITIVE_INFINITY, { memory: MEMORY, refusesLate: false });
  return (placeholder) => {
    // Copied to its own memory before the next one is drawn: the output may occupy many times its size.
    const draw = async (): Promise<Buffer> => owned(await threads.render(placeholder));
    return queue.run(draw, demandOf(placeholder));
  };
}

const draw = createDrawing(availableParallelism());

/**
 * Draws one picture, without any cache. A picture that would block the event loop is drawn in a thread. However many are
 * asked for at once, at most as many are drawn at a time as there are cores, and as fit in 256 MiB.
 * @throws GreyboxError (as a rejection) naming the option, its value and what is allowed
 */
export async function renderPlaceholder(options: RenderOptions): Promise<RenderedPlaceholder> {
  try {
    const placeholder = createPlaceholderValue(options);
    const body = await draw(placeholder);
    return { body, contentType: FORMATS[placeholder.format].mime, ...outputSize(placeholder) };
  } catch (error) {
    throw withStack(error, renderPlaceholder);
  }
}
