export { type ErrorCode, GreyboxError } from './errors.ts';
export type { RenderOptions } from './options/options.ts';
export { type RenderedPlaceholder, renderPlaceholder } from './placeholder.ts';
