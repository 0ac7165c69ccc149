import { OPEN_HEADERS } from './headers.ts';

/** Header fields of an answer: alternating names and values, in the order in which they are sent. */
export type Fields = string[];

/** `OPEN_HEADERS` as fields. */
export const OPEN_FIELDS: Readonly<Fields> = Object.entries(OPEN_HEADERS).flat();
