import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { createGreybox, type Greybox, type GreyboxSettings } from './greybox.ts';
import { pictureRoutes } from './http/plugin.ts';

declare module 'fastify' {
  interface FastifyInstance {
    greybox: Greybox;
  }
}

export interface GreyboxPluginOptions extends GreyboxSettings {
  /** The path that pictures are below: with `/placeholders` they are at `/placeholders/image/600x400`. Default: none. */
  readonly prefix?: string;
  /** One that is there already, and that stays open when the app closes; default: one with these settings. */
  readonly greybox?: Greybox | undefined;
}

/**
 * The routes of pictures for an app of Fastify, and `app.greybox`. Without a prefix they are the grammars' own paths and
 * nothing else; with one, all below it. Hooks, errors, parsers and other routes of the app stay as they are.
 */
async function greybox(
  app: FastifyInstance,
  { prefix = '', greybox, ...settings }: GreyboxPluginOptions,
): Promise<void> {
  const made = greybox ?? createGreybox({ log: app.log, ...settings });
  if (!app.hasDecorator('greybox')) app.decorate('greybox', made);
  if (!greybox) app.addHook('onClose', () => made.close());
  await app.register(pictureRoutes, { prefix, door: made, mounts: prefix === '' ? made.mounts : ['/'] });
}

export default fastifyPlugin(greybox, { name: 'greybox', fastify: '5.x' });
