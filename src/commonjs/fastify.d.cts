import type * as greybox from '../fastify.ts' with { 'resolution-mode': 'import' };

export type * from '../fastify.ts' with { 'resolution-mode': 'import' };

declare const plugin: typeof greybox.default;
export default plugin;
