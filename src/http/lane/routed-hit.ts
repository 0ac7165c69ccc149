import type { IncomingMessage, ServerResponse } from 'node:http';
import { countAnswer } from '../../stats/request-counts.ts';
import { STATUS } from '../images/answer.ts';
import { sendByNode } from '../node-door.ts';
import type { HitRequest } from '../protocol/hit-request.ts';
import type { Lifecycle } from '../protocol/lifecycle.ts';
import { headSize, isAuthority, MAX_HEAD } from '../protocol/message.ts';
import type { HitRules } from './hit-grammar.ts';
import type { ReadyResponses } from './ready-responses.ts';

/** Answers a request to node:http; false if the router must answer. */
export type AnswerHit = (request: IncomingMessage, response: ServerResponse) => boolean;

type Meanings = ReadonlyMap<string, 'host' | 'accept' | 'ifNoneMatch' | 'routed'>;

/** What header fields mean to a hit: they decide it, or leave the request to the router. */
const FIELDS: Meanings = new Map([
  ['host', 'host'],
  ['accept', 'accept'],
  ['if-none-match', 'ifNoneMatch'],
  ['if-match', 'routed'],
  // An operator may ask for a new drawing.
  ['authorization', 'routed'],
  ['content-length', 'routed'],
  ['transfer-encoding', 'routed'],
]);
const TRACED_FIELDS: Meanings = new Map([...FIELDS, ['traceparent', 'routed']]);

/** Lengths of these names: most other names then need no lower-casing. */
const lengthsOf = (fields: Meanings): readonly boolean[] =>
  [...fields.keys()].reduce<boolean[]>((lengths, { length }) => {
    lengths[length] = true;
    return lengths;
  }, []);

/** A request that a hit may answer, read from its header fields; undefined for any other. */
function readHit(
  request: IncomingMessage,
  fields: Meanings,
  lengths: readonly boolean[],
): HitRequest | undefined {
  const { method, url = '', httpVersion, rawHeaders } = request;
  if ((method !== 'GET' && method !== 'HEAD') || httpVersion !== '1.1' || !url.startsWith('/'))
    return undefined;
  const found: { host?: string; accept?: string; ifNoneMatch?: string } = {};
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (!lengths[name.length]) continue;
    const field = fields.get(name.toLowerCase());
    if (field === undefined) continue;
    // A repeated field also leaves the request to the router.
    if (field === 'routed' || found[field] !== undefined) return undefined;
    found[field] = rawHeaders[i + 1] as string;
  }
  if (found.host === undefined || !isAuthority(found.host) || headSize(request) > MAX_HEAD) return undefined;
  return { method, target: url, host: found.host, accept: found.accept, ifNoneMatch: found.ifNoneMatch };
}

/** Options for answering hits. */
export interface HitOptions extends HitRules {
  readonly ready: ReadyResponses;
  /** A draining server leaves all requests to the router, which tells clients about it. */
  readonly lifecycle: Lifecycle;
}

/** Answers hits in memory before the router, from ready responses. */
export function routedHits({ ready, lifecycle, isTracing }: HitOptions): AnswerHit {
  const fields = isTracing ? TRACED_FIELDS : FIELDS;
  const lengths = lengthsOf(fields);
  return (request, response) => {
    if (lifecycle.phase === 'draining') return false;
    const hit = readHit(request, fields, lengths);
    const answer = hit && ready.find(hit);
    const entry = answer && ready.entryOf(answer);
    if (!entry) return false;
    const form = answer.formFor(hit);
    const body = form === 'whole' ? entry.body : undefined;
    countAnswer(answer.counts, STATUS[form]);
    sendByNode(response, { status: STATUS[form], fields: answer.fields(form, entry), body });
    return true;
  };
}
