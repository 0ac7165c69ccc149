export { ConfigError } from './config/config.ts';
export { type ErrorCode, GreyboxError } from './errors.ts';
export { createGreybox, type Greybox, type GreyboxSettings } from './greybox.ts';
export type { DoorRequest } from './http/door-request.ts';
export type { Answer } from './http/images/answer.ts';
export type { Log } from './log/told.ts';
export type { RenderOptions } from './options/options.ts';
export { type RenderedPlaceholder, renderPlaceholder } from './render-placeholder.ts';
