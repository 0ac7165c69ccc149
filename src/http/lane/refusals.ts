import type { GreyboxError } from '../../errors.ts';
import { MAX_INSTANCE, problemFields, toProblem } from '../errors/problem.ts';
import { type WireContext, type WireMessage, writeHead } from './wire-message.ts';

/** Marks the parts that differ between requests: no header or problem contains it, and JSON does not escape it. */
const GAP = '\uFFFF';

/** The text around the gaps in one error's messages: one gap for the body's length, one for the target. */
interface Written extends WireContext {
  readonly error: GreyboxError;
  readonly head: Halves;
  readonly body: Halves;
}

type Halves = readonly [Buffer, Buffer];

const halves = (text: string): Halves => {
  const at = text.indexOf(GAP);
  return [Buffer.from(text.slice(0, at)), Buffer.from(text.slice(at + GAP.length))];
};

const lengthOf = ([before, after]: Halves): number => before.length + after.length;

function writeAround(error: GreyboxError, context: WireContext): Written {
  const head = halves(writeHead(error.status, problemFields(error, GAP), context));
  return { error, ...context, head, body: halves(JSON.stringify(toProblem(error, GAP))) };
}

/** Puts text into its gap. @param text ASCII @returns where it ends */
function fill(bytes: Buffer, at: number, [before, after]: Halves, text: string): number {
  let end = at + before.copy(bytes, at);
  end += bytes.write(text, end, 'latin1');
  return end + after.copy(bytes, end);
}

/**
 * Problems for errors that come by the thousand. Those of one second differ only in the request target, so the rest is
 * written once.
 */
export class Refusals {
  #written: Written | undefined;

  /** @param target of the request, as sent: visible ASCII */
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
    const { head, body } = written;
    const instance = JSON.stringify(target.slice(0, MAX_INSTANCE)).slice(1, -1);
    const length = lengthOf(body) + instance.length;
    const digits = String(length);
    const bytes = Buffer.allocUnsafe(lengthOf(head) + digits.length + (hasBody ? length : 0));
    const end = fill(bytes, 0, head, digits);
    if (hasBody) fill(bytes, end, body, instance);
    return { bytes, rest: undefined };
  }
}
