import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { seeded } from '../../test/helper/seeded.ts';
import { type FuzzRequest, nextRequest } from './fuzz-requests.ts';

export interface FuzzOptions {
  readonly port: number;
  /** Requests to send. */
  readonly requests: number;
  /** The same seed sends the same requests. */
  readonly seed: number;
  /** Connections at a time. */
  readonly connections?: number;
  /** Told now and then how many have been answered. */
  readonly progress?: (answered: number) => void;
}

export interface FuzzResult {
  /** Answers by status; `closed` for connections that ended without one. */
  readonly statuses: Readonly<Record<string, number>>;
  /** What no request may do, each with the request that did it; at most 20. */
  readonly faults: readonly { readonly fault: string; readonly request: string }[];
}

/** How long an answer may take, in ms. */
const PATIENCE = 20_000;

/** The first answer in what came so far: its status and its length, or undefined while it is not whole. */
function answerIn(
  text: string,
  isHead: boolean,
): { status: number; head: string; length: number } | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end + 2);
  const status = Number(head.slice(9, 12));
  const isEmpty = isHead || status === 304 || status < 200;
  const body = isEmpty ? 0 : Number(/^content-length: (\d+)\r$/im.exec(head)?.[1] ?? Number.NaN);
  const length = end + 4 + body;
  return Number.isNaN(length) || text.length >= length ? { status, head, length } : undefined;
}

/** What is wrong with an answer; undefined for nothing. */
function faultIn({
  status,
  head,
  length,
}: {
  status: number;
  head: string;
  length: number;
}): string | undefined {
  if (!/^HTTP\/1\.1 [1-5]\d\d /.test(head)) return `no status line: ${head.slice(0, 100)}`;
  if (status >= 500) return `status ${status}`;
  if (Number.isNaN(length)) return `no length: ${head}`;
  if (/^x-injected/im.test(head)) return 'an injected header';
  if (status >= 400 && !/^content-type: (application\/problem\+json|image\/svg\+xml)\r$/im.test(head))
    return `no problem: ${head}`;
  return undefined;
}

/** One connection after the other; each sends requests until it is closed. */
async function work(
  take: () => FuzzRequest | undefined,
  port: number,
  tell: (status: string, fault: string | undefined, request: string) => void,
): Promise<void> {
  let socket: Socket | undefined;
  let text = '';
  for (let request = take(); request; request = take()) {
    if (!socket || socket.destroyed || !socket.writable) {
      socket = connect({ port, host: '127.0.0.1', allowHalfOpen: false });
      socket.setEncoding('latin1').on('error', () => {});
      socket.on('data', (chunk: string) => {
        text += chunk;
      });
      await once(socket, 'connect');
    }
    text = '';
    // Broken bytes may be the start of a longer request: that none follows is told by closing.
    if (request.isWellFormed) socket.write(request.bytes, 'latin1');
    else socket.end(request.bytes, 'latin1');
    const answer = await answered(socket, request, () => text);
    if (answer === 'silent') tell('silent', 'no answer and no end', request.bytes);
    else if (!answer)
      tell('closed', request.isWellFormed ? 'closed without an answer' : undefined, request.bytes);
    else tell(String(answer.status), faultIn(answer), request.bytes);
    // What follows the first answer to broken bytes is not looked at; after `Connection: close` nothing does.
    if (
      !answer ||
      answer === 'silent' ||
      !request.isWellFormed ||
      /^connection: close\r$/im.test(answer.head)
    ) {
      socket.destroy();
    }
  }
  socket?.destroy();
}

/** Waits for a whole answer, the end of the connection, or the end of patience. */
function answered(
  socket: Socket,
  { isHead }: FuzzRequest,
  read: () => string,
): Promise<ReturnType<typeof answerIn> | 'silent'> {
  return new Promise((resolve) => {
    const settle = (answer: ReturnType<typeof answerIn> | 'silent'): void => {
      clearTimeout(timer);
      socket.off('data', check).off('close', ended);
      resolve(answer);
    };
    const check = (): void => {
      const answer = answerIn(read(), isHead);
      if (answer) settle(answer);
    };
    const ended = (): void => settle(answerIn(read(), isHead));
    const timer = setTimeout(() => settle('silent'), PATIENCE);
    socket.on('data', check).on('close', ended);
  });
}

/** Sends generated requests to a server on the loopback, and says what came back. */
export async function fuzz({
  port,
  requests,
  seed,
  connections = 16,
  progress,
}: FuzzOptions): Promise<FuzzResult> {
  const random = seeded(seed);
  const statuses: Record<string, number> = {};
  const faults: { fault: string; request: string }[] = [];
  let sent = 0;
  let answers = 0;
  const take = (): FuzzRequest | undefined => (sent++ < requests ? nextRequest(random) : undefined);
  const tell = (status: string, fault: string | undefined, request: string): void => {
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (fault !== undefined && faults.length < 20) faults.push({ fault, request: request.slice(0, 500) });
    answers += 1;
    if (answers % 10_000 === 0) progress?.(answers);
  };
  await Promise.all(Array.from({ length: connections }, () => work(take, port, tell)));
  return { statuses, faults };
}
