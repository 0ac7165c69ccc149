import type { Found, TieredCache, Timings } from './cache/tiered-cache.ts';
import type { GreyboxError } from './errors.ts';
import type { Format } from './formats.ts';
import { isImage, maxImageBytes } from './image-header.ts';
import type { Placeholder } from './options/options.ts';
import { outputSize } from './options/sizes.ts';
import { demandOf } from './render/demand.ts';
import type { RenderQueue } from './render/queue.ts';
import type { RenderThreads } from './render/threads.ts';

/** A caller that asks for a picture. */
export interface Caller {
  /** Called if the picture must be drawn; its error goes to all callers that wait for the picture. */
  readonly admit?: (() => Promise<void>) | undefined;
  /** Whether the caller still waits for it; default: yes. */
  readonly isWaiting?: (() => boolean) | undefined;
  /** Filled with the times for finding or drawing the picture, unless the caller waits for another's look-up. */
  readonly timings?: Timings | undefined;
}

/** A picture and its cache key, which is built only once. */
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
  /** Called for each of them, with the drawing time in ms. */
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
   * Draws a picture in its turn, bypassing the cache.
   * @throws GreyboxError `overloaded`
   */
  drawUncached(placeholder: Placeholder): Promise<Buffer> {
    return this.queue.run(() => this.#threads.render(placeholder), demandOf(placeholder));
  }

  /**
   * Draws a picture anew in its turn; the cache neither answers nor keeps it.
   * @throws GreyboxError `overloaded`
   */
  async drawAnew(
    placeholder: Placeholder,
    { isWaiting = () => true, timings = {} }: Pick<Caller, 'isWaiting' | 'timings'>,
  ): Promise<Found> {
    return this.cache.foundAnew(await this.#drawInTurn(placeholder, timings, isWaiting), timings);
  }

  /** The `overloaded` error that refuses a picture; undefined if it need not be drawn, or can be drawn in time. */
  refusalOf({ placeholder, key }: KeyedPlaceholder): GreyboxError | undefined {
    const refusal = this.#refusalNow(placeholder);
    return refusal && this.cache.needsMaking(key) ? refusal : undefined;
  }

  /** @throws GreyboxError `overloaded` if the picture cannot be drawn in time, or the error that `admit` throws */
  get({ placeholder, key }: KeyedPlaceholder, { admit, isWaiting, timings }: Caller = {}): Promise<Found> {
    const { width, height } = outputSize(placeholder);
    return this.cache.get(
      key,
      {
        accepts: (body) => isImage(body, placeholder.format, width, height),
        maxBytes: maxImageBytes(placeholder.format, width, height),
        make: (parts, isWanted) => {
          const inTurn = (): Promise<Buffer> => this.#drawInTurn(placeholder, parts, isWanted);
          if (!admit) return inTurn();
          // A client refused for lack of time keeps its budget.
          const refusal = this.#refusalNow(placeholder);
          return refusal ? Promise.reject(refusal) : admit().then(inTurn);
        },
      },
      isWaiting,
      timings,
    );
  }

  #refusalNow(placeholder: Placeholder): GreyboxError | undefined {
    const { cost, bytes } = demandOf(placeholder);
    return this.queue.refusalOf(cost, bytes);
  }

  /** Draws a picture for the cache in its turn. */
  #drawInTurn(placeholder: Placeholder, timings: Timings, isWanted: () => boolean): Promise<Buffer> {
    const queued = performance.now();
    const draw = async (): Promise<Buffer> => {
      const started = performance.now();
      timings.queue = { began: queued, ms: started - queued };
      let ms = 0;
      const body = await this.#threads.render(placeholder, this.queue.isLong).finally(() => {
        ms = performance.now() - started;
        timings.origin = { began: started, ms };
      });
      const { format } = placeholder;
      this.renders.set(format, (this.renders.get(format) ?? 0) + 1);
      this.onRender(format, ms);
      return body;
    };
    return this.queue.run(draw, { ...demandOf(placeholder), isWanted });
  }
}
