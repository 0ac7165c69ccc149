// The same service on somebody else's cache: Fastify, greybox' renderer, and one of the caches below between them.
import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import { fetchHit, headersByName } from '../lib/answer.ts';
import { renderPlaceholder } from '../lib/greybox.ts';
import { announce } from '../lib/program.ts';

interface Entry {
  readonly body: Buffer;
  readonly etag: string;
}

type Cache = (key: string, make: () => Promise<Entry>) => Promise<Entry>;

/** About as many pictures of 3 kB as greybox' 64 MiB hold; none of these caches counts bytes of Buffers. */
const ENTRIES = 18_000;

/** Each in memory, bounded, without copying the values. The types of packages that may be missing are not known here. */
const CACHES: Readonly<Record<string, () => Promise<Cache>>> = {
  bentocache: async () => {
    const { BentoCache, bentostore } = await import('bentocache' as string);
    const { memoryDriver } = await import('bentocache/drivers/memory' as string);
    const memory = bentostore().useL1Layer(memoryDriver({ maxItems: ENTRIES, serialize: false }));
    const cache = new BentoCache({ default: 'images', stores: { images: memory } });
    return (key, factory) => cache.getOrSet({ key, factory, ttl: '1h' });
  },
  cacheable: async () => {
    const { Cacheable, createKeyv } = await import('cacheable' as string);
    const primary = createKeyv({ ttl: '1h', lruSize: ENTRIES, useClone: false });
    const cache = new Cacheable({ primary, ttl: '1h' });
    return (key, make) => cache.getOrSet(key, make);
  },
};

const [, , name = '', url = ''] = process.argv;
const cached = await CACHES[name]?.();
if (!cached) throw new Error(`no cache ${name}; there are ${Object.keys(CACHES).join(', ')}`);

// What a hit of greybox says beside the picture, so that as many bytes go out.
const { 'content-length': _length, ...like } = headersByName(await fetchHit(url));

async function make(width: number, height: number): Promise<Entry> {
  const { body } = await renderPlaceholder({ width, height });
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}

const app = Fastify();
app.get<{ Params: { size: string } }>('/image/:size', async (request, reply) => {
  const [width = 0, height = 0] = request.params.size.split('x').map(Number);
  let isHit = true;
  const entry = await cached(`${width}.${height}.png`, () => {
    isHit = false;
    return make(width, height);
  });
  reply.headers({
    ...like,
    etag: entry.etag,
    'content-disposition': `inline; filename="${width}x${height}.png"`,
    'x-cache': isHit ? 'hit-memory' : 'miss',
  });
  return reply.send(entry.body);
});
await app.listen({ port: 0, host: '127.0.0.1' });
announce(app.server);
