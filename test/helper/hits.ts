import { MemoryStore } from '../../src/cache/memory-store.ts';
import { TieredCache } from '../../src/cache/tiered-cache.ts';
import { ImageFields } from '../../src/http/images/image-fields.ts';
import type { LaneOptions } from '../../src/http/lane/lane-answers.ts';
import { ReadyResponses } from '../../src/http/lane/ready-responses.ts';
import { cacheKey } from '../../src/options/cache-key.ts';
import { createPlaceholderValue } from '../../src/options/options.ts';
import { RequestCounts } from '../../src/stats/request-counts.ts';

export interface Hits {
  readonly memory: MemoryStore;
  readonly ready: ReadyResponses;
  /** For a lane that draws nothing. */
  readonly options: LaneOptions;
  /** Keeps a picture of a width in memory, unless it is there, and has its response to a target ready. */
  remember(width: number, body: Buffer, etag: string, target: string): void;
}

/** A memory that is filled by hand, and what answers from it; its clock stands still. */
export function createHits(bytes: number): Hits {
  const now = (): number => 0;
  const memory = new MemoryStore(bytes, now);
  const off = { cdnMaxAge: 'off', cacheTagHeader: 'off' } as const;
  const fields = new ImageFields(new TieredCache(memory, undefined, 3_600_000, now), off);
  const requests = new RequestCounts();
  const ready = new ReadyResponses({ memory, fields, requests, scopeOf: () => '' });
  return {
    memory,
    ready,
    options: { ready, fields, requests, lifecycle: { phase: 'ready' }, lookup: undefined },
    remember(width, body, etag, target) {
      const placeholder = createPlaceholderValue({ width, height: 40, format: 'png' });
      const key = cacheKey(placeholder);
      const entry = memory.hit(key) ?? { body, etag, expiresAt: 3_600_000 };
      memory.set(key, entry);
      const found = { entry, from: 'memory', stored: false, collapsed: false, timings: {} } as const;
      const picture = { placeholder, key, found, varies: false, ignored: [] };
      ready.remember({ target, host: 'a', accept: undefined }, picture, '/image');
    },
  };
}
