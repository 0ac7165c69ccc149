import type { Found, TieredCache, Timings } from './cache/tiered-cache.ts';
import type { GreyboxError } from './errors.ts';
import type { Format } from './formats.ts';
import { isImage, maxImageBytes } from './image-header.ts';
import type { Placeholder } from './options/options.ts';
import { outputSize } from './options/sizes.ts';
import { demandOf } from './render/demand.ts';
import type { RenderQueue } from './render/queue.ts';
import type { RenderThreads } from './render/threads.ts';

/** Who asks for a picture. */
export interface Caller {
  /** Called where the picture has to be drawn; its error is that of all who wait for the picture. */
  readonly admit?: (() => Promise<void>) | undefined;
  /** Whether the caller still waits for it; by default it does. */
  readonly isWaiting?: (() => boolean) | undefined;
  /** Filled with what finding or drawing the picture takes, unless another's look-up is waited for. */
  readonly timings?: Timings | undefined;
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

  /**
   * Draws a picture anew when its turn has come; the cache neither answers nor keeps it.
   * @throws GreyboxError `overloaded`
   */
  async drawAnew(
    placeholder: Placeholder,
    { isWaiting = () => true, timings = {} }: Pick<Caller, 'isWaiting' | 'timings'>,
  ): Promise<Found> {
    return this.cache.foundAnew(await this.#drawInTurn(placeholder, timings, isWaiting), timings);
  }

  /** The `overloaded` that a picture is refused with; undefined where it is there, or can be drawn in time. */
  refusalOf({ placeholder, key }: KeyedPlaceholder): GreyboxError | undefined {
    const refusal = this.#refusalNow(placeholder);
    return refusal && this.cache.needsMaking(key) ? refusal : undefined;
  }

  /**
   * @throws GreyboxError `overloaded` where the picture cannot be drawn in time, or whatever `admit` throws
   */
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
          // Who is refused for want of time has nothing taken off what it may have drawn.
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

  /** Draws a picture for the cache when its turn has come. */
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
