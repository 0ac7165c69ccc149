import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from './images/answer.ts';
import type { Fields } from './protocol/fields.ts';

/** The value of a header field of a request, by its name in lower case. */
export const fieldsOf =
  ({ headers }: FastifyRequest) =>
  (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'object' ? value.join(', ') : value;
  };

/** Sets fields on a reply. */
export function withFields(reply: FastifyReply, fields: Readonly<Fields>): FastifyReply {
  for (let i = 0; i < fields.length; i += 2) reply.header(fields[i] as string, fields[i + 1]);
  return reply;
}

/** Sends an answer through Fastify. */
export function sendAnswer(reply: FastifyReply, { status, fields, body }: Answer): FastifyReply {
  return withFields(reply.code(status), fields).send(body);
}
