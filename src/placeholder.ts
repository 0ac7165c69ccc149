import { availableParallelism } from 'node:os';
import { owned } from './cache/owned.ts';
import type { Found, TieredCache, Timings } from './cache/tiered-cache.ts';
import { type GreyboxError, withStack } from './errors.ts';
import { FORMATS, type Format } from './formats.ts';
import { isImage, maxImageBytes } from './image-header.ts';
import { createPlaceholderValue, type Placeholder, type RenderOptions } from './options/options.ts';
import { outputSize } from './options/sizes.ts';
import { costOf } from './render/cost.ts';
import type { Demand } from './render/places.ts';
import { RenderQueue } from './render/queue.ts';
import { RenderThreads } from './render/threads.ts';
import { memoryOf } from './render/working-memory.ts';

/** A drawn picture. */
export interface RenderedPlaceholder {
  /** In memory of its own: who keeps a small one keeps no more than it. */
  readonly body: Buffer;
  readonly contentType: string;
  /** output pixels */
  readonly width: number;
  readonly height: number;
}

const demandOf = (placeholder: Placeholder): Demand => ({
  cost: costOf(placeholder),
  bytes: memoryOf(placeholder),
});

/** The library's own: as many pictures at a time as there are cores. All others wait, however many are asked for at once. */
const library = {
  threads: new RenderThreads(availableParallelism()),
  queue: new RenderQueue(availableParallelism(), Number.POSITIVE_INFINITY, { refusesLate: false }),
};

/**
 * Draws one picture, without any cache. One that would hold up the event loop is drawn in a thread; no more are drawn at
 * a time than there are cores.
 * @throws GreyboxError (as a rejection) naming the option, its value and what is allowed
 */
export async function renderPlaceholder(options: RenderOptions): Promise<RenderedPlaceholder> {
  try {
    const placeholder = createPlaceholderValue(options);
    // In memory of its own before the next one is drawn: what was drawn may lie in many times as much.
    const draw = async (): Promise<Buffer> => owned(await library.threads.render(placeholder));
    const body = await library.queue.run(draw, demandOf(placeholder));
    return { body, contentType: FORMATS[placeholder.format].mime, ...outputSize(placeholder) };
  } catch (error) {
    throw withStack(error, renderPlaceholder);
  }
}

/** Who asks for a picture. */
export interface Caller {
  /** Called where the picture has to be drawn; its error is that of all who wait for the picture. */
  readonly admit?: (() => Promise<void>) | undefined;
  /** Whether the caller still waits for it; by default it does. */
  readonly isWaiting?: (() => boolean) | undefined;
}

/** A picture and its cache key, which is spelled once. */
export interface KeyedPlaceholder {
  readonly placeholder: Placeholder;
  readonly key: string;
}

/** The library's heart: a value in, a cached picture out. */
export class PlaceholderService {
  readonly cache: TieredCache;
  readonly queue: RenderQueue;
  /** Pictures drawn for the cache since the process began. */
  readonly renders = new Map<Format, number>();
  /** Told of each of them, and how long it took to draw, in ms. */
  onRender: (format: Format, ms: number) => void = () => {};
  readonly #threads: RenderThreads;

  constructor(cache: TieredCache, queue: RenderQueue, threads: RenderThreads) {
    this.cache = cache;
    this.queue = queue;
    this.#threads = threads;
  }

  /** Ends the render threads and the cache's connections. */
  async close(): Promise<void> {
    await Promise.all([this.#threads.close(), this.cache.shared?.close()]);
  }

  /**
   * Draws a picture past the cache, when its turn has come.
   * @throws GreyboxError `overloaded`
   */
  drawUncached(placeholder: Placeholder): Promise<Buffer> {
    return this.queue.run(() => this.#threads.render(placeholder), demandOf(placeholder));
  }

  /** The `overloaded` that a picture is refused with; undefined where it is there, or can be drawn in time. */
  refusalOf({ placeholder, key }: KeyedPlaceholder): GreyboxError | undefined {
    const refusal = this.#refusalNow(placeholder);
    return refusal && this.cache.needsMaking(key) ? refusal : undefined;
  }

  /**
   * @throws GreyboxError `overloaded` where the picture cannot be drawn in time, or whatever `admit` throws
   */
  get({ placeholder, key }: KeyedPlaceholder, { admit, isWaiting }: Caller = {}): Promise<Found> {
    const { width, height } = outputSize(placeholder);
    return this.cache.get(
      key,
      {
        accepts: (body) => isImage(body, placeholder.format, width, height),
        maxBytes: maxImageBytes(placeholder.format, width, height),
        make: (timings, isWanted) => {
          const inTurn = (): Promise<Buffer> => this.#drawInTurn(placeholder, timings, isWanted);
          if (!admit) return inTurn();
          // Who is refused for want of time has nothing taken off what it may have drawn.
          const refusal = this.#refusalNow(placeholder);
          return refusal ? Promise.reject(refusal) : admit().then(inTurn);
        },
      },
      isWaiting,
    );
  }

  #refusalNow(placeholder: Placeholder): GreyboxError | undefined {
    const { cost, bytes } = demandOf(placeholder);
    return this.queue.refusalOf(cost, bytes);
  }

  /** Draws a picture for the cache when its turn has come. */
  #drawInTurn(placeholder: Placeholder, timings: Timings, isWanted: () => boolean): Promise<Buffer> {
    const queued = performance.now();
    const draw = async (): Promise<Buffer> => {
      const started = performance.now();
      const body = await this.#threads.render(placeholder, this.queue.isLong);
      timings.queue = started - queued;
      timings.origin = performance.now() - started;
      const { format } = placeholder;
      this.renders.set(format, (this.renders.get(format) ?? 0) + 1);
      this.onRender(format, timings.origin);
      return body;
    };
    return this.queue.run(draw, { ...demandOf(placeholder), isWanted });
  }
}
