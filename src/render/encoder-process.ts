import { type ChildProcess, fork } from 'node:child_process';
import type { Raster, RasterOptions } from './encoding.ts';
import { entryFile } from './entry-file.ts';

/** A request to the process. */
export interface EncodeRequest {
  readonly id: number;
  readonly raster: Raster;
  readonly options: RasterOptions;
}

/** Its answer: the bytes, or why there are none. */
export type EncodeAnswer = { readonly id: number } & (
  | { readonly body: Uint8Array }
  | { readonly error: string }
);

/** How long an idle process is kept, in ms. */
const IDLE_MS = 30_000;

interface Waiting {
  readonly resolve: (body: Buffer) => void;
  readonly reject: (error: Error) => void;
}

const waiting = new Map<number, Waiting>();
let child: ChildProcess | undefined;
let asked = 0;
let idle: NodeJS.Timeout | undefined;

function start(): ChildProcess {
  const started = fork(entryFile('encoder'), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  started.on('message', (answer: EncodeAnswer) => {
    const one = waiting.get(answer.id);
    if ('body' in answer) one?.resolve(Buffer.from(answer.body));
    else one?.reject(new Error(answer.error));
    end(answer.id);
  });
  const fail = (error: Error): void => {
    if (child === started) child = undefined;
    for (const [id, { reject }] of waiting) {
      reject(error);
      end(id);
    }
  };
  started.once('error', fail);
  started.once('exit', () => fail(new Error('the process that encodes has ended')));
  return started;
}

/** Ends a request; while nothing is encoded, the host's process may end. */
function end(id: number): void {
  waiting.delete(id);
  if (waiting.size > 0) return;
  child?.unref();
  child?.channel?.unref();
  idle = setTimeout(() => child?.disconnect(), IDLE_MS).unref();
}

/**
 * Encodes in a separate process, where sharp's settings can be changed freely. It starts with the first picture, ends
 * when idle or with this process, and takes a few ms more per megapixel.
 * @throws Error (as a rejection) if it cannot be started, or ends
 */
export function encodeElsewhere(raster: Raster, options: RasterOptions): Promise<Buffer> {
  clearTimeout(idle);
  if (!child?.connected) child = start();
  child.ref();
  child.channel?.ref();
  asked += 1;
  const request: EncodeRequest = { id: asked, raster, options };
  const answer = new Promise<Buffer>((resolve, reject) => waiting.set(request.id, { resolve, reject }));
  child.send(request);
  return answer;
}
