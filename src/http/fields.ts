import type { FastifyReply } from 'fastify';
import { OPEN_HEADERS } from './headers.ts';

/** Header fields of an answer: name and value in turn, in the order in which they are sent. */
export type Fields = string[];

/** `OPEN_HEADERS` as fields. */
export const OPEN_FIELDS: Readonly<Fields> = Object.entries(OPEN_HEADERS).flat();

/** Sets fields on a reply. */
export function withFields(reply: FastifyReply, fields: Readonly<Fields>): FastifyReply {
  for (let i = 0; i < fields.length; i += 2) reply.header(fields[i] as string, fields[i + 1]);
  return reply;
}
