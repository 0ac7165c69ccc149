import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Answering, DoorRequest } from './door-request.ts';
import { isRead } from './protocol/methods.ts';
import { localAuthority, readTarget } from './protocol/target.ts';
import { fieldsOf, sendAnswer } from './reply.ts';

export interface PictureRoutes {
  readonly door: Answering;
  /** Where the routes are mounted below the plugin's prefix: with `/` they get everything that has no other route. */
  readonly mounts: readonly string[];
  /** Whether the pages are there too: below the prefix, not at the root. */
  readonly hasPages?: boolean;
}

/**
 * Whether a client is still there. The end of a connection is only seen while it is read, so reading resumes. Under the
 * lane's rules it is paused again at the end of this turn.
 */
function isThere(socket: Socket): boolean {
  setImmediate(() => {
    // Injected requests have no real socket.
    if (socket.isPaused?.()) socket.resume();
  });
  return !socket.destroyed;
}

/** Converts a Fastify request for the door. @param prefix of the plugin */
function fromFastify(request: FastifyRequest, prefix: string, hasPages: boolean): DoorRequest {
  const { method, originalUrl, protocol, ip, raw } = request;
  const { target, host } = readTarget(originalUrl, raw.headers.host);
  // A prefix may contain parameters, so its segments are counted by its slashes.
  const [mount = ''] = new RegExp(`^(?:/[^/?]*){${prefix.split('/').length - 1}}`).exec(target) ?? [];
  return {
    method,
    target: target.slice(mount.length),
    url: originalUrl,
    host,
    origin: `${protocol}://${request.host || localAuthority(raw.socket)}${mount}`,
    client: ip,
    pages: hasPages ? mount : undefined,
    isWaiting: () => isThere(raw.socket),
    field: fieldsOf(request),
  };
}

/** Makes the handler of all picture routes of an app. */
export function pictureHandler(
  app: FastifyInstance,
  door: Answering,
  hasPages = false,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  const { prefix } = app;
  return async (request, reply) =>
    sendAnswer(reply, await door.answer(fromFastify(request, prefix, hasPages)));
}

/** The picture routes, as a Fastify plugin: it changes nothing in the app around it. */
export async function pictureRoutes(
  app: FastifyInstance,
  { door, mounts, hasPages }: PictureRoutes,
): Promise<void> {
  const handler = pictureHandler(app, door, hasPages);
  const others = app.supportedMethods.filter((method) => !isRead(method));
  for (const url of mounts.flatMap((mount) => (mount === '/' ? ['/*'] : [mount, `${mount}/*`]))) {
    app.route({ method: ['GET', 'HEAD'], url, handler });
    // Answered before any body is read.
    app.route({ method: others, url, onRequest: handler, handler });
  }
}
