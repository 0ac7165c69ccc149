import type { FastifyInstance, FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';
import { GreyboxError, invalid } from '../../errors.ts';
import { countAnswer } from '../../stats/request-counts.ts';
import type { Door } from '../door.ts';
import type { ImageLookup } from '../images/image-lookup.ts';
import { getRoute, refuser } from '../ops/routes.ts';
import { pictureHandler } from '../plugin.ts';
import { OPEN_FIELDS } from '../protocol/fields.ts';
import { localAuthority, readTarget } from '../protocol/target.ts';
import { fieldsOf, withFields } from '../reply.ts';
import { ASSET_MOUNT, loadAssets } from './assets.ts';
import { docs } from './docs.ts';
import { explainUrl } from './explain.ts';
import { greeting, likesHtml } from './greeting.ts';
import { iconList } from './icon-list.ts';
import { llms } from './llms.ts';
import { openapi } from './openapi.ts';
import { spellUrl } from './own-url.ts';
import { playground } from './playground.ts';
import {
  JSON_DATA,
  type Kind,
  PAGE,
  type Prepared,
  prepare,
  SCRIPT,
  STYLE,
  sendPrepared,
  TEXT,
} from './send.ts';
import { mountIn, type PageName, type Site } from './site.ts';

export interface PageOptions {
  readonly door: Pick<Door, 'answer' | 'owns'>;
  readonly lookup: ImageLookup;
  /** The pages on this port. */
  readonly pages: readonly PageName[];
}

/** The start of our URLs, as seen by the client. */
function originOf({ protocol, host, raw }: FastifyRequest): string {
  return `${protocol}://${host || localAuthority(raw.socket)}`;
}

const cached = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

/** A page, ready to be sent; made once, on the first request. */
function preparedPage(
  { prefix: base }: FastifyInstance,
  pages: readonly PageName[],
  make: (site: Site) => { toString(): string },
): () => Promise<Prepared> {
  return cached(async () => prepare(make({ base, pages, assets: await loadAssets() }).toString()));
}

/** Routes a page that is the same for all. */
export function preparedRoute(
  app: FastifyInstance,
  { url, kind, pages }: { url: string; kind: Kind; pages: readonly PageName[] },
  make: (site: Site) => { toString(): string },
): void {
  const page = preparedPage(app, pages, make);
  getRoute(app, url, async (request, reply) => sendPrepared(request, reply, await page(), kind));
  // Links work from one address only.
  if (kind === PAGE)
    getRoute(app, `${url}/`, async (_request, reply) => reply.redirect(app.prefix + url, 308));
}

/** The picture requested by the playground's form, sent without scripts. */
function formTarget({ query }: FastifyRequest, base: string): string {
  const fields = Object.entries(query as Record<string, unknown>).filter(([name]) => name !== 'show');
  return spellUrl(
    Object.fromEntries(fields.map(([name, value]) => [name, String(value)])),
    mountIn({ base }),
  );
}

const METHODS = ['GET', 'HEAD'];

/** `/`: the playground, the picture requested by its form, or the root of a grammar. */
function rootRoute(app: FastifyInstance, { door, lookup, pages }: PageOptions): void {
  const counts = app.requestCounts.of('/');
  const { prefix: base } = app;
  const page = preparedPage(app, pages, (site) => playground(site, lookup.limits));
  const toPicture = pictureHandler(app, door);
  const isForeign = ({ originalUrl, raw }: FastifyRequest): boolean =>
    base === '' && door.owns(readTarget(originalUrl, raw.headers.host));
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    withFields(reply, OPEN_FIELDS);
    if (Object.hasOwn(request.query as object, 'show')) return reply.redirect(formTarget(request, base), 303);
    if (likesHtml(fieldsOf(request)('accept')))
      return sendPrepared(request, reply, await page(), { ...PAGE, vary: 'Accept' });
    return sendPrepared(request, reply, prepare(greeting(originOf(request) + base)), {
      ...TEXT,
      vary: 'Accept',
    });
  };
  const onSend: onSendHookHandler = (request, reply, payload, done) => {
    // The door counts its own answers.
    if (!isForeign(request)) countAnswer(counts, reply.statusCode);
    done(null, payload);
  };
  const here =
    (own: typeof toPicture): typeof toPicture =>
    (request, reply) =>
      (isForeign(request) ? toPicture : own)(request, reply);
  const refuse = here(refuser(METHODS));
  const others = app.supportedMethods.filter((method) => !METHODS.includes(method));
  app.route({ method: METHODS, url: '/', handler: here(handler), onSend });
  app.route({ method: others, url: '/', onRequest: refuse, handler: refuse, onSend });
}

function explainRoute(app: FastifyInstance, lookup: ImageLookup): void {
  getRoute(app, '/explain.json', async (request, reply) => {
    const { url } = request.query as Record<string, unknown>;
    if (typeof url !== 'string' || url === '')
      throw invalid('invalid-option', 'url', 'the URL of a picture', String(url ?? ''));
    const explanation = await explainUrl(url, {
      lookup,
      origin: originOf(request),
      base: app.prefix,
      client: request.ip,
      isWaiting: () => !request.raw.socket.destroyed,
    });
    return reply.header('cache-control', 'no-store').send(explanation);
  });
}

/** The scripts and styles of all pages. */
export function assetRoute(app: FastifyInstance): void {
  getRoute(app, `${ASSET_MOUNT}/*`, async (request, reply) => {
    const { files } = await loadAssets();
    const pathname = `${ASSET_MOUNT}/${(request.params as Record<string, string>)['*']}`;
    const file = files.get(pathname);
    if (!file) throw new GreyboxError('not-found', 'no page loads this file; load the page again');
    return sendPrepared(request, reply, file, pathname.endsWith('.css') ? STYLE : SCRIPT);
  });
}

/** The pages for people, and the files that they load. They need no session and contain no secrets. */
export function pageRoutes(app: FastifyInstance, options: PageOptions): void {
  const { pages, lookup } = options;
  rootRoute(app, options);
  explainRoute(app, lookup);
  preparedRoute(app, { url: '/icons.json', kind: JSON_DATA, pages }, iconList);
  preparedRoute(app, { url: '/docs', kind: PAGE, pages }, (site) => docs(site, lookup));
  preparedRoute(app, { url: '/openapi.json', kind: JSON_DATA, pages }, openapi);
  preparedRoute(app, { url: '/llms.txt', kind: TEXT, pages }, (site) => llms(site, lookup.limits));
}
