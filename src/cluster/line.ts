import type { Worker } from 'node:cluster';
import { unreferencedTimer, within } from '../cache/time-limit.ts';

/** What one end may ask of the other, by name; each takes one plain value and gives one. */
type Methods = Readonly<Record<string, (argument: never) => unknown>>;

type Message =
  | { readonly greybox: 'question'; readonly id: number; readonly name: string; readonly argument: unknown }
  | { readonly greybox: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string };

/** Others may use the same channel, such as node:cluster. */
const isMessage = (message: unknown): message is Message =>
  typeof message === 'object' && message !== null && 'greybox' in message;

const GONE = 'the other process is gone';

interface Question {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Hands messages to the process at a worker's other end, or to nobody where that is gone. */
export function senderTo(worker: Worker): (message: object) => void {
  return (message) => void (worker.isConnected() && worker.send(message, () => {}));
}

/** One end of a channel between two processes: each may ask the other, and is answered or told that it was not. */
export class Line<Mine extends Methods, Theirs extends Methods> {
  readonly #send: (message: Message) => void;
  readonly #mine: Mine;
  readonly #open = new Map<number, Question>();
  #asked = 0;
  #gone = false;

  /**
   * @param send hands a message to the other end's {@link hear}, or to nobody where that is gone
   * @param mine what the other end may ask
   */
  constructor(send: (message: Message) => void, mine: Mine) {
    this.#send = send;
    this.#mine = mine;
  }

  /** @throws Error (as a rejection) that the other end threw, or where it is gone or did not answer within `limit` ms */
  async ask<Name extends keyof Theirs & string>(
    name: Name,
    argument: Parameters<Theirs[Name]>[0],
    limit: number,
  ): Promise<Awaited<ReturnType<Theirs[Name]>>> {
    if (this.#gone) throw new Error(GONE);
    this.#asked += 1;
    const id = this.#asked;
    const answer = new Promise<unknown>((resolve, reject) => this.#open.set(id, { resolve, reject }));
    this.#send({ greybox: 'question', id, name, argument });
    const late = (): Error => new Error(`no answer to "${name}" within ${limit} ms`);
    try {
      return (await within(answer, limit, late, unreferencedTimer)) as Awaited<ReturnType<Theirs[Name]>>;
    } finally {
      this.#open.delete(id);
    }
  }

  /** Takes a message from the other end. */
  hear(message: unknown): void {
    if (!isMessage(message)) return;
    if (message.greybox === 'question') return void this.#answer(message.id, message.name, message.argument);
    const question = this.#open.get(message.id);
    if (message.error === undefined) question?.resolve(message.value);
    else question?.reject(new Error(message.error));
  }

  /** The other end is gone: nothing will be answered. */
  hangUp(): void {
    this.#gone = true;
    for (const { reject } of this.#open.values()) reject(new Error(GONE));
  }

  async #answer(id: number, name: string, argument: unknown): Promise<void> {
    try {
      if (!Object.hasOwn(this.#mine, name)) throw new Error(`"${name}" is not known`);
      const method = this.#mine[name] as (argument: unknown) => unknown;
      this.#send({ greybox: 'answer', id, value: await method(argument) });
    } catch (error) {
      this.#send({ greybox: 'answer', id, error: (error as Error).message });
    }
  }
}
