import type * as greybox from '../index.ts' with { 'resolution-mode': 'import' };

export type * from '../index.ts' with { 'resolution-mode': 'import' };
export declare const createGreybox: typeof greybox.createGreybox;
export declare const renderPlaceholder: typeof greybox.renderPlaceholder;
export declare const ConfigError: typeof greybox.ConfigError;
export type ConfigError = greybox.ConfigError;
export declare const GreyboxError: typeof greybox.GreyboxError;
export type GreyboxError = greybox.GreyboxError;
