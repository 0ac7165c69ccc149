import type { FastifyInstance, FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';
import { OWN } from '../../dialects/table.ts';
import { GreyboxError, invalid } from '../../errors.ts';
import { countAnswer } from '../../stats/request-counts.ts';
import type { Door } from '../door.ts';
import type { ImageLookup } from '../images/image-lookup.ts';
import { answerUnread, getRoute } from '../ops/routes.ts';
import { pictureHandler } from '../plugin.ts';
import { OPEN_FIELDS } from '../protocol/fields.ts';
import { isRead } from '../protocol/methods.ts';
import { localAuthority, readTarget } from '../protocol/target.ts';
import { fieldsOf, withFields } from '../reply.ts';
import { ASSET_MOUNT, type Assets, loadAssets } from './assets.ts';
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

export interface PageOptions {
  readonly door: Pick<Door, 'answer' | 'owns'>;
  readonly lookup: ImageLookup;
  /** Whether `/status` is on this port. */
  readonly hasStatus: boolean;
}

/** What URLs of ours begin with, as the client sees them. */
export function originOf({ protocol, host, raw }: FastifyRequest): string {
  return `${protocol}://${host || localAuthority(raw.socket)}`;
}

const cached = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

/** Routes a page that is made once, when it is first asked for. */
export function preparedRoute(
  app: FastifyInstance,
  url: string,
  kind: Kind,
  make: (assets: Assets) => { toString(): string },
): void {
  const page = cached(async () => prepare(make(await loadAssets()).toString()));
  getRoute(app, url, async (request, reply) => sendPrepared(request, reply, await page(), kind));
}

/** The picture that the playground's form asks for, sent without script. */
function formTarget({ query }: FastifyRequest): string {
  const fields = Object.entries(query as Record<string, unknown>).filter(([name]) => name !== 'show');
  return spellUrl(
    Object.fromEntries(fields.map(([name, value]) => [name, String(value)])),
    OWN.paths[0] ?? '',
  );
}

/** `/`: the playground, the picture that its form asks for, or the root of a grammar. */
function rootRoute(app: FastifyInstance, { door, hasStatus }: PageOptions): void {
  const counts = app.requestCounts.of('/');
  const page = cached(
    async (): Promise<Prepared> => prepare(playground(await loadAssets(), hasStatus).toString()),
  );
  const toPicture = pictureHandler(app, door);
  const isForeign = ({ originalUrl, raw }: FastifyRequest): boolean =>
    door.owns(readTarget(originalUrl, raw.headers.host));
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    withFields(reply, OPEN_FIELDS);
    if (Object.hasOwn(request.query as object, 'show')) return reply.redirect(formTarget(request), 303);
    if (likesHtml(fieldsOf(request)('accept')))
      return sendPrepared(request, reply, await page(), { ...PAGE, vary: 'Accept' });
    return sendPrepared(request, reply, prepare(greeting(originOf(request))), { ...TEXT, vary: 'Accept' });
  };
  const onSend: onSendHookHandler = (request, reply, payload, done) => {
    // The door counts its own.
    if (!isForeign(request)) countAnswer(counts, reply.statusCode);
    done(null, payload);
  };
  const toOurs =
    (ours: typeof handler): typeof handler =>
    (request, reply) =>
      (isForeign(request) ? toPicture : ours)(request, reply);
  app.route({ method: ['GET', 'HEAD'], url: '/', handler: toOurs(handler), onSend });
  const others = app.supportedMethods.filter((method) => !isRead(method));
  const unread = toOurs(answerUnread);
  app.route({ method: others, url: '/', onRequest: unread, handler: unread, onSend });
}

function explainRoute(app: FastifyInstance, lookup: ImageLookup): void {
  getRoute(app, '/explain.json', async (request, reply) => {
    const { url } = request.query as Record<string, unknown>;
    if (typeof url !== 'string' || url === '')
      throw invalid('invalid-option', 'url', 'the URL of a picture', String(url ?? ''));
    const explanation = await explainUrl(url, {
      lookup,
      origin: originOf(request),
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
    const { pathname } = new URL(request.originalUrl, 'http://localhost');
    const file = files.get(pathname);
    if (!file) throw new GreyboxError('not-found', 'no page loads this file; load the page again');
    return sendPrepared(request, reply, file, pathname.endsWith('.css') ? STYLE : SCRIPT);
  });
}

/** The pages that people keep open, and what they load. They need no session and know no secret. */
export function pageRoutes(app: FastifyInstance, options: PageOptions): void {
  rootRoute(app, options);
  explainRoute(app, options.lookup);
  preparedRoute(app, '/icons.json', JSON_DATA, iconList);
  preparedRoute(app, '/docs', PAGE, (assets) => docs(assets, options.hasStatus));
  preparedRoute(app, '/openapi.json', JSON_DATA, openapi);
  preparedRoute(app, '/llms.txt', TEXT, llms);
}
