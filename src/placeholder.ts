import { availableParallelism } from 'node:os';
import { owned } from './cache/owned.ts';
import type { Found, TieredCache, Timings } from './cache/tiered-cache.ts';
import type { GreyboxError } from './errors.ts';
import { FORMATS, type Format } from './formats.ts';
import { isImage } from './image-header.ts';
import { createPlaceholderValue, type Placeholder, type RenderOptions } from './options/options.ts';
import { outputSize } from './options/sizes.ts';
import { RenderThreads } from './render/threads.ts';
import type { RenderQueue } from './render/workers.ts';

/** A drawn picture. */
export interface RenderedPlaceholder {
  /** In memory of its own: who keeps a small one keeps no more than it. */
  readonly body: Buffer;
  readonly contentType: string;
  /** output pixels */
  readonly width: number;
  readonly height: number;
}

const libraryThreads = new RenderThreads(availableParallelism());

/**
 * Draws one picture, without any cache; one that would hold up the event loop is drawn in a thread.
 * @throws GreyboxError (as a rejection) naming the option, its value and what is allowed
 */
export async function renderPlaceholder(options: RenderOptions): Promise<RenderedPlaceholder> {
  const { body, ...rest } = await draw(createPlaceholderValue(options), libraryThreads);
  return { body: owned(body), ...rest };
}

async function draw(
  placeholder: Placeholder,
  threads: RenderThreads,
  isCrowded = false,
): Promise<RenderedPlaceholder> {
  return {
    body: await threads.render(placeholder, isCrowded),
    contentType: FORMATS[placeholder.format].mime,
    ...outputSize(placeholder),
  };
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
   * Draws a picture past the cache; it waits for its turn, unless it is urgent.
   * @throws GreyboxError `overloaded`
   */
  drawUncached(placeholder: Placeholder, urgent: boolean): Promise<Buffer> {
    const render = (): Promise<Buffer> => this.#threads.render(placeholder);
    return urgent ? render() : this.queue.run(render);
  }

  /** The `overloaded` that a picture is refused with; undefined where it is there, or there is room to draw it. */
  refusalOf({ key }: KeyedPlaceholder): GreyboxError | undefined {
    const { refusal } = this.queue;
    return refusal && this.cache.needsMaking(key) ? refusal : undefined;
  }

  /**
   * @param admit called where the picture has to be drawn; its error is that of all who wait for the picture
   * @throws GreyboxError `overloaded` where too many pictures wait to be drawn
   */
  get({ placeholder, key }: KeyedPlaceholder, admit?: () => Promise<void>): Promise<Found> {
    return this.cache.get(key, {
      accepts: (body) => {
        const { width, height } = outputSize(placeholder);
        return isImage(body, placeholder.format, width, height);
      },
      make: (timings) => {
        const inTurn = (): Promise<Buffer> => this.#drawInTurn(placeholder, timings);
        return admit ? admit().then(inTurn) : inTurn();
      },
    });
  }

  /** Draws a picture for the cache when its turn has come. */
  #drawInTurn(placeholder: Placeholder, timings: Timings): Promise<Buffer> {
    const queued = performance.now();
    return this.queue.run(async () => {
      const started = performance.now();
      const { body } = await draw(placeholder, this.#threads, this.queue.isLong);
      timings.queue = started - queued;
      timings.render = performance.now() - started;
      const { format } = placeholder;
      this.renders.set(format, (this.renders.get(format) ?? 0) + 1);
      this.onRender(format, timings.render);
      return body;
    });
  }
}
