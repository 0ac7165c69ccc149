import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The trace that a request belongs to (W3C Trace Context, 3.2.2); an id of zeros is none. */
const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-|$)/;
/** What a proxy may call a request: short, and nothing that a log would have to escape. */
const REQUEST_ID = /^[\w.:=+/@-]{1,128}$/;

/**
 * Makes the ids of requests in the log: the trace id of `traceparent`, else `X-Request-Id`, else one that no other
 * process makes.
 */
export function requestIds(): (request: IncomingMessage) => string {
  const own = randomBytes(6).toString('hex');
  let count = 0;
  return ({ headers }) => {
    const { traceparent, 'x-request-id': given } = headers;
    const trace = TRACEPARENT.exec(String(traceparent))?.[1];
    if (trace) return trace;
    if (typeof given === 'string' && REQUEST_ID.test(given)) return given;
    count += 1;
    return `${own}-${count.toString(36)}`;
  };
}
