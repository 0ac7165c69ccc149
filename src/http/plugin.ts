import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Answering, DoorRequest } from './door-request.ts';
import { isRead } from './protocol/methods.ts';
import { localAuthority, readTarget } from './protocol/target.ts';
import { fieldsOf, sendAnswer } from './reply.ts';

export interface PictureRoutes {
  readonly door: Answering;
  /** What the routes are mounted at below the plugin's prefix: with `/` all that has no other route is theirs. */
  readonly mounts: readonly string[];
}

/**
 * Whether a client is still there: only where it is read from is its end seen. It is paused at the end of this turn, where
 * the lane's rules are on.
 */
function isThere(socket: Socket): boolean {
  setImmediate(() => {
    // Requests that are injected have no real one.
    if (socket.isPaused?.()) socket.resume();
  });
  return !socket.destroyed;
}

/** A request of Fastify as the door takes it. @param prefix of the plugin */
function fromFastify(request: FastifyRequest, prefix: string): DoorRequest {
  const { method, originalUrl, protocol, ip, raw } = request;
  const { target, host } = readTarget(originalUrl, raw.headers.host);
  // A prefix may hold parameters: it is as many segments as it has slashes.
  const [mount = ''] = new RegExp(`^(?:/[^/?]*){${prefix.split('/').length - 1}}`).exec(target) ?? [];
  return {
    method,
    target: target.slice(mount.length),
    url: originalUrl,
    host,
    origin: `${protocol}://${request.host || localAuthority(raw.socket)}${mount}`,
    client: ip,
    isWaiting: () => isThere(raw.socket),
    field: fieldsOf(request),
  };
}

/** Makes the handler of all picture routes of an app. */
export function pictureHandler(
  app: FastifyInstance,
  door: Answering,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  const { prefix } = app;
  return async (request, reply) => sendAnswer(reply, await door.answer(fromFastify(request, prefix)));
}

/** The routes of pictures, as a plugin of Fastify: nothing of the app around it is changed. */
export async function pictureRoutes(app: FastifyInstance, { door, mounts }: PictureRoutes): Promise<void> {
  const handler = pictureHandler(app, door);
  const others = app.supportedMethods.filter((method) => !isRead(method));
  for (const url of mounts.flatMap((mount) => (mount === '/' ? ['/*'] : [mount, `${mount}/*`]))) {
    app.route({ method: ['GET', 'HEAD'], url, handler });
    // Answered before a body is read, whatever its type.
    app.route({ method: others, url, onRequest: handler, handler });
  }
}
