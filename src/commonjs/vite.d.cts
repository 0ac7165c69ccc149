import type * as greybox from '../vite.ts' with { 'resolution-mode': 'import' };

export type * from '../vite.ts' with { 'resolution-mode': 'import' };

declare const plugin: typeof greybox.default;
export default plugin;
