import type { FastifyInstance } from 'fastify';
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

/** `logLevel` is left to Fastify, which has an option of that name for each plugin. */
export interface GreyboxPluginOptions extends Omit<GreyboxSettings, 'logLevel'> {
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
    return sendAnswer(reply, await door.refuse(error, { method, url, client, field: fieldsOf(request) }));
  });
  pageRoutes(app, { door, lookup, pages: PUBLIC_PAGES });
  assetRoute(app);
}

/**
 * Adds the picture routes and `app.greybox` to a Fastify app. Without a prefix these are only the grammars' own paths;
 * with one, everything below it. The app's hooks, error handling, parsers and other routes stay as they are.
 */
async function greybox(
  app: FastifyInstance,
  { prefix = '', pages = false, greybox, ...settings }: GreyboxPluginOptions,
): Promise<void> {
  const made = greybox ?? createGreybox({ log: app.log, ...settings });
  if (!app.hasDecorator('greybox')) app.decorate('greybox', made);
  if (!greybox) app.addHook('onClose', () => made.close());
  const core = CORES.get(made);
  if (pages && !core) throw new TypeError('pages need a greybox that createGreybox has made');
  if (pages && core) await app.register((child) => pageRoutesOf(child, core), { prefix });
  await app.register(pictureRoutes, { prefix, door: made, mounts: prefix === '' ? made.mounts : ['/'] });
}

export default fastifyPlugin(greybox, { name: 'greybox', fastify: '5.x' });
