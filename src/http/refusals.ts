import type { GreyboxError } from '../errors.ts';
import { MAX_INSTANCE, problemFields, toProblem } from './problem.ts';
import { type WireContext, type WireMessage, writeHead } from './wire-message.ts';

/** Stands for what differs from request to request: no header or problem has it, and JSON leaves it as it is. */
const GAP = '\uFFFF';

/** What is around the gaps of one error's messages: for the length of the body, and for the target. */
interface Written extends WireContext {
  readonly error: GreyboxError;
  readonly head: readonly [string, string];
  readonly body: readonly [string, string];
  /** Bytes of the body but for the target. */
  readonly length: number;
}

const halves = (text: string): [string, string] => {
  const at = text.indexOf(GAP);
  return [text.slice(0, at), text.slice(at + GAP.length)];
};

function writeAround(error: GreyboxError, context: WireContext): Written {
  const head = halves(writeHead(error.status, problemFields(error, GAP), context));
  const body = halves(JSON.stringify(toProblem(error, GAP)));
  return { error, ...context, head, body, length: Buffer.byteLength(body.join('')) };
}

/**
 * Errors as problems that come by the thousand: those of one second are the same but for the request target, so that
 * the rest is written once.
 */
export class Refusals {
  #written: Written | undefined;

  /** @param target of the request, as it was sent: visible ASCII */
  write(error: GreyboxError, target: string, hasBody: boolean, context: WireContext): WireMessage {
    let written = this.#written;
    if (
      written?.error !== error ||
      written.second !== context.second ||
      written.keepAlive !== context.keepAlive
    ) {
      written = writeAround(error, context);
      this.#written = written;
    }
    const { head, body, length } = written;
    const instance = JSON.stringify(target.slice(0, MAX_INSTANCE)).slice(1, -1);
    const start = `${head[0]}${length + instance.length}${head[1]}`;
    const text = hasBody ? `${start}${body[0]}${instance}${body[1]}` : start;
    return { bytes: Buffer.from(text), rest: undefined };
  }
}
