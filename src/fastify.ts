import type { FastifyInstance, RegisterOptions } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { CORES, type Core } from './core.ts';
import { createGreybox, type Greybox, type GreyboxSettings } from './greybox.ts';
import { assetRoute, pageRoutes } from './http/pages/routes.ts';
import { PUBLIC_PAGES } from './http/pages/site.ts';
import { pictureRoutes } from './http/plugin.ts';
import { fieldsOf, sendAnswer } from './http/reply.ts';

declare module 'fastify' {
  interface FastifyInstance {
    greybox: Greybox;
  }
}

/** `logLevel` is Fastify's option of that name: of the lines that the app logs for these routes. */
export interface GreyboxPluginOptions
  extends Omit<GreyboxSettings, 'logLevel'>,
    Pick<RegisterOptions, 'logLevel' | 'logSerializers'> {
  /** The path prefix of pictures: with `/placeholders` they are at `/placeholders/image/600x400`. Default: none. */
  readonly prefix?: string;
  /** Whether to serve the playground, the reference and their assets too, at `{prefix}/` and below. Default: no. */
  readonly pages?: boolean;
  /** An existing instance, which stays open when the app closes; default: a new one with these settings. */
  readonly greybox?: Greybox | undefined;
}

/** The pages, with their own error handling. @throws Error if the prefix has parameters: pages are made only once */
async function pageRoutesOf(app: FastifyInstance, { door, lookup, requests }: Core): Promise<void> {
  if (/[:*]/.test(app.prefix))
    throw new Error(`greybox: pages need a prefix without parameters, got ${app.prefix}`);
  app.decorate('requestCounts', requests);
  app.setErrorHandler(async (error, request, reply) => {
    const { method, originalUrl: url, ip: client } = request;
    const asked = { method, url, client, field: fieldsOf(request), pages: app.prefix };
    return sendAnswer(reply, await door.refuse(error, asked));
  });
  pageRoutes(app, { door, lookup, pages: PUBLIC_PAGES });
  assetRoute(app);
}

/** @throws TypeError for an instance that is none, or that has its settings already */
function checkInstance(greybox: Greybox | undefined, settings: object): void {
  if (greybox === undefined) return;
  if (typeof greybox?.answer !== 'function')
    throw new TypeError('greybox must be an instance that createGreybox has made');
  const names = Object.keys(settings);
  if (names.length > 0)
    throw new TypeError(`give ${names.join(', ')} to createGreybox: a given greybox has its settings`);
}

/**
 * Adds the picture routes and `app.greybox` to a Fastify app. Without a prefix these are only the grammars' own paths;
 * with one, everything below it. The app's hooks, error handling, parsers and other routes stay as they are.
 */
async function greybox(
  app: FastifyInstance,
  { prefix: given = '', pages = false, greybox, logLevel, logSerializers, ...settings }: GreyboxPluginOptions,
): Promise<void> {
  checkInstance(greybox, settings);
  // Fastify takes a slash at the end for the beginning of the routes.
  const prefix = given.replace(/\/+$/, '');
  // A plugin that is not encapsulated hands these on itself.
  const routes = { prefix, ...(logLevel && { logLevel }), ...(logSerializers && { logSerializers }) };
  const made = greybox ?? createGreybox({ log: app.log, ...settings });
  if (!app.hasDecorator('greybox')) app.decorate('greybox', made);
  if (!greybox) app.addHook('onClose', () => made.close());
  const core = CORES.get(made);
  if (pages && !core) throw new TypeError('pages need a greybox that createGreybox has made');
  if (pages && core) await app.register((child) => pageRoutesOf(child, core), routes);
  const mounts = prefix === '' ? made.mounts : ['/'];
  await app.register(pictureRoutes, { ...routes, door: made, mounts, hasPages: pages });
}

export default fastifyPlugin(greybox, { name: 'greybox', fastify: '5.x' });
