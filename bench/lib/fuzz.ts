import { seeded } from '../../test/helper/seeded.ts';
import { essence, type FuzzAnswer, FuzzConnection } from './fuzz-answers.ts';
import { type FuzzRequest, nextRequest } from './fuzz-requests.ts';

export interface FuzzOptions {
  readonly port: number;
  /** Requests to send. */
  readonly requests: number;
  /** The same seed makes the same requests. */
  readonly seed: number;
  /** Connections at a time. */
  readonly connections?: number;
  /** Told after each ten thousand that were answered. */
  readonly progress?: () => void;
}

export interface FuzzResult {
  /** Answers by status; `closed` for connections that ended without one. */
  readonly statuses: Readonly<Record<string, number>>;
  /** What no request may do, each with the request that did it; at most 20. */
  readonly faults: readonly { readonly fault: string; readonly request: string }[];
}

/** Most requests that are sent at once: answers come in their order (RFC 9112, 9.3.2). */
const PIPELINE = 8;
/** One connection in so many sends requests one by one, half of them again: hits have ways of their own to be answered. */
const SINGLE = 2;
/** Requests that are kept to be sent again. */
const KEPT = 256;
const PICTURE = /^content-type: image\//im;
const HIT = /^x-cache: hit-memory\r$/im;
const CLOSES = /^connection: close\r$/im;

/** What is wrong with an answer; undefined for nothing. */
function faultIn({ status, head, length }: FuzzAnswer, request: FuzzRequest): string | undefined {
  if (!/^HTTP\/1\.1 [1-5]\d\d /.test(head)) return `no status line: ${head.slice(0, 100)}`;
  // A client that ends its half of the connection counts as gone while its picture waits in the queue.
  const mayBeGivenUp = status === 503 && !request.isWellFormed;
  if (status >= 500 && !mayBeGivenUp) return `status ${status}`;
  if (Number.isNaN(length)) return `no length: ${head}`;
  if (/^x-injected/im.test(head)) return 'an injected header';
  if (status >= 400 && !/^content-type: (application\/problem\+json|image\/svg\+xml)\r$/im.test(head))
    return `no problem: ${head}`;
  return undefined;
}

/** The requests of a seed, some at a time. */
class Supply {
  readonly #random: () => number;
  #left: number;
  /** Those that were sent behind one whose answer ended the connection. */
  readonly #returned: FuzzRequest[] = [];
  #broken: FuzzRequest | undefined;
  /** Requests for pictures, by their bytes, and what was answered to them. */
  readonly #pictures = new Map<string, { readonly request: FuzzRequest; readonly answer: string }>();

  constructor(requests: number, seed: number) {
    this.#random = seeded(seed);
    this.#left = requests;
  }

  return(requests: readonly FuzzRequest[]): void {
    this.#returned.push(...requests);
  }

  /** Whether a picture that was asked for before is answered as it was then. */
  isSame(request: FuzzRequest, answer: FuzzAnswer): boolean {
    const { bytes } = request;
    if (answer.status >= 400 || !PICTURE.test(answer.head)) return true;
    const found = essence(answer);
    const before = this.#pictures.get(bytes)?.answer ?? found;
    this.#pictures.set(bytes, { request, answer: found });
    const [oldest = ''] = this.#pictures.keys();
    if (this.#pictures.size > KEPT) this.#pictures.delete(oldest);
    return before === found;
  }

  /** One request, one that was answered before or a new one; none at the end. */
  takeOne(): FuzzRequest[] {
    const before = [...this.#pictures.values()];
    const again = before[Math.floor(this.#random() * 2 * before.length)];
    if (!again || this.#left === 0) return this.take(1);
    this.#left -= 1;
    return [again.request];
  }

  /** One to eight well-formed requests, or a broken one by itself; none at the end. */
  take(most = 1 + Math.floor(this.#random() * PIPELINE)): FuzzRequest[] {
    const broken = this.#broken;
    this.#broken = undefined;
    if (broken) return [broken];
    const batch = this.#returned.splice(0, most);
    while (batch.length < most && this.#left > 0) {
      this.#left -= 1;
      const request = nextRequest(this.#random);
      if (request.isWellFormed) batch.push(request);
      else if (batch.length === 0) return [request];
      else {
        this.#broken = request;
        break;
      }
    }
    return batch;
  }
}

/** Requests and their answers as they are counted. */
type Tell = (status: string, fault: string | undefined, request: FuzzRequest) => void;

/** Sends requests together and looks at their answers. @returns the last answer, where the connection may go on */
async function exchange(connection: FuzzConnection, batch: FuzzRequest[], supply: Supply, tell: Tell) {
  const bytes = batch.map((request) => request.bytes).join('');
  // Broken bytes may be the start of a longer request.
  if (batch[0]?.isWellFormed) connection.send(bytes);
  else connection.end(bytes);
  let last: FuzzAnswer | undefined;
  for (const [index, request] of batch.entries()) {
    const answer = await connection.next(request.isHead);
    if (answer === 'silent') tell('silent', 'no answer and no end', request);
    else if (answer === 'closed')
      tell('closed', request.isWellFormed ? 'closed without an answer' : undefined, request);
    else {
      const fault =
        faultIn(answer, request) ??
        (supply.isSame(request, answer) ? undefined : 'another answer than before');
      tell(String(answer.status), fault, request);
    }
    // What follows the first answer to broken bytes is not looked at; after `Connection: close` nothing does.
    if (typeof answer === 'string' || !request.isWellFormed || CLOSES.test(answer.head)) {
      supply.return(batch.slice(index + 1));
      return undefined;
    }
    last = answer;
  }
  return last;
}

/** One connection after the other; each sends requests until it is closed. */
async function work(port: number, supply: Supply, isSingle: boolean, tell: Tell): Promise<void> {
  let connection: FuzzConnection | undefined;
  const take = (): FuzzRequest[] => (isSingle ? supply.takeOne() : supply.take());
  for (let batch = take(); batch.length > 0; batch = take()) {
    if (!connection?.usable) connection = await FuzzConnection.open(port);
    const last = await exchange(connection, batch, supply, tell);
    // A connection that brought anything but a hit is a parser's for good.
    if (last && (!isSingle || HIT.test(last.head))) continue;
    connection.destroy();
    connection = undefined;
  }
  connection?.destroy();
}

/** Sends generated requests to a server on the loopback, and says what came back. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { port, requests, seed, connections = 16, progress } = options;
  const supply = new Supply(requests, seed);
  const statuses: Record<string, number> = {};
  const faults: { fault: string; request: string }[] = [];
  let answers = 0;
  const tell: Tell = (status, fault, { bytes }) => {
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (fault !== undefined && faults.length < 20) faults.push({ fault, request: bytes.slice(0, 500) });
    answers += 1;
    if (answers % 10_000 === 0) progress?.();
  };
  const isSingle = (index: number): boolean => index % SINGLE === 0;
  await Promise.all(
    Array.from({ length: connections }, (_, index) => work(port, supply, isSingle(index), tell)),
  );
  return { statuses, faults };
}
