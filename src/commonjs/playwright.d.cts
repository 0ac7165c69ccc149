import type * as greybox from '../playwright.ts' with { 'resolution-mode': 'import' };

export type * from '../playwright.ts' with { 'resolution-mode': 'import' };
export declare const interceptPlaceholders: typeof greybox.interceptPlaceholders;
