import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { readTraceParent } from '../../tracing.ts';

/** The request ids accepted from a proxy: short, and without characters that a log would have to escape. */
const REQUEST_ID = /^[\w.:=+/@-]{1,128}$/;

/**
 * Makes the request ids for the log: the trace id of `traceparent`, otherwise `X-Request-Id`, otherwise an id that no
 * other process makes.
 */
export function requestIds(): (request: IncomingMessage) => string {
  const own = randomBytes(6).toString('hex');
  let count = 0;
  return ({ headers }) => {
    const { traceparent, 'x-request-id': given } = headers;
    const parent = readTraceParent(typeof traceparent === 'string' ? traceparent : undefined);
    if (parent) return parent.traceId;
    if (typeof given === 'string' && REQUEST_ID.test(given)) return given;
    count += 1;
    return `${own}-${count.toString(36)}`;
  };
}
