export { ConfigError } from './config/config.ts';
export { type ErrorCode, GreyboxError } from './errors.ts';
export { createGreybox, type Greybox, type GreyboxSettings, type Log } from './greybox.ts';
export type { DoorRequest } from './http/door.ts';
export type { Answer } from './http/images/answer.ts';
export type { RenderOptions } from './options/options.ts';
export { type RenderedPlaceholder, renderPlaceholder } from './placeholder.ts';
