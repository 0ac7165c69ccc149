import { fileURLToPath } from 'node:url';
import { fetchHit, type Headers } from './answer.ts';
import { startFloor } from './floor.ts';
import { startNginxCache, startNginxFile } from './nginx.ts';
import { BUN, lacksBun, lacksPeers } from './peers.ts';
import { type Server, startGreybox, startPeer, startServer } from './servers.ts';
import { lacksTool } from './tools.ts';

/** The picture that all contests of hits are about. */
export const PATH = '/image/600x400';

/**
 * How an entrant's answer must be like greybox': `same` has the same headers in the same order and the same bytes;
 * `headers` has the same bytes and all the headers, its own among them; `picture` is another picture.
 */
export type Likeness = 'same' | 'headers' | 'picture';

/** A server that takes part in contests. */
export interface Entrant {
  readonly name: string;
  /** Why it cannot take part on this machine; undefined where it can. */
  readonly lacks?: () => string | undefined;
  /** @param model greybox' own address of the picture: what it answers there with the headers is to be answered, too */
  readonly start: (model: string, headers: Headers) => Promise<Server>;
  readonly likeness: Likeness;
  /** Where it has a picture of 600×400; {@link PATH} by default. */
  readonly path?: string;
}

/** Names that the ratios refer to. */
export const [NGINX, NODE, GREYBOX] = ['nginx', 'node:http', 'greybox'];
export const [FLOOR, BUN_ROUTE] = ['floor', 'Bun'];

/** Bun's static route. */
function startBun(model: string): Promise<Server> {
  const program = fileURLToPath(new URL('../programs/bun-server.ts', import.meta.url));
  return startServer([BUN, program, model]);
}

const cachePeer = (name: string): Entrant => ({
  name: `Fastify and ${name}`,
  lacks: lacksPeers,
  start: (model) => startPeer('peers/caching.ts', name, model),
  likeness: 'same',
});

export const greybox: Entrant = { name: GREYBOX, start: () => startGreybox(), likeness: 'same' };

export const routed: Entrant = {
  name: 'greybox, FAST_LANE=off',
  start: () => startGreybox({ FAST_LANE: 'off' }),
  likeness: 'same',
};

export const traced: Entrant = {
  name: 'greybox, OTEL_TRACES=on',
  start: () => startGreybox({ OTEL_TRACES: 'on' }),
  likeness: 'same',
};

export const nginx: Entrant = {
  name: NGINX,
  lacks: () => lacksTool('nginx'),
  start: async (model) => startNginxFile(new URL(model).pathname, await fetchHit(model)),
  likeness: 'headers',
};

export const nginxCache: Entrant = {
  name: 'nginx proxy_cache',
  lacks: () => lacksTool('nginx'),
  start: (model) => startNginxCache(new URL(model).origin),
  likeness: 'headers',
};

/** The least that an answer costs: a loop in C that sends ready bytes and reads no request. */
export const floor: Entrant = {
  name: FLOOR,
  lacks: () => lacksTool('cc'),
  start: async (model, headers) => startFloor(await fetchHit(model, headers)),
  likeness: 'same',
};

export const bun: Entrant = {
  name: BUN_ROUTE,
  lacks: lacksBun,
  start: (model) => startBun(model),
  likeness: 'headers',
};

export const node: Entrant = {
  name: NODE,
  start: (model, headers) => startPeer('programs/node-server.ts', model, JSON.stringify(headers)),
  likeness: 'same',
};

export const fastify: Entrant = {
  name: 'Fastify reply.send',
  start: (model) => startPeer('programs/fastify-server.ts', model),
  likeness: 'same',
};

export const bentocache = cachePeer('bentocache');

export const cacheable = cachePeer('cacheable');

export const svgPlaceholder: Entrant = {
  name: 'svg-placeholder',
  lacks: lacksPeers,
  start: () => startPeer('peers/svg-placeholder.ts'),
  likeness: 'picture',
  path: '/600x400',
};

export const ipx: Entrant = {
  name: 'ipx',
  lacks: lacksPeers,
  start: () => startPeer('peers/ipx.ts'),
  likeness: 'picture',
  path: '/s_600x400/source.png',
};
