import type { Worker } from 'node:cluster';
import { referencedTimer, within } from '../cache/time-limit.ts';

/** The methods that one end may call at the other; each takes one plain value and returns one. */
type Methods = Readonly<Record<string, (argument: never) => unknown>>;

type Message =
  | { readonly greybox: 'call'; readonly id: number; readonly name: string; readonly argument: unknown }
  | { readonly greybox: 'reply'; readonly id: number; readonly value?: unknown; readonly error?: string };

/** Others, such as node:cluster, may use the same connection. */
const isMessage = (message: unknown): message is Message =>
  typeof message === 'object' && message !== null && 'greybox' in message;

const GONE = 'the other process is gone';

interface Call {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Sends messages to a worker's process; does nothing once the process is gone. */
export function senderTo(worker: Worker): (message: object) => void {
  return (message) => void (worker.isConnected() && worker.send(message, () => {}));
}

/** One end of a connection between two processes. Each can call methods of the other. */
export class Channel<Mine extends Methods, Theirs extends Methods> {
  readonly #send: (message: Message) => void;
  readonly #mine: Mine;
  readonly #open = new Map<number, Call>();
  #calls = 0;
  #closed = false;

  /**
   * @param send passes a message to {@link receive} of the other end; does nothing once that end is gone
   * @param mine the methods that the other end may call
   */
  constructor(send: (message: Message) => void, mine: Mine) {
    this.#send = send;
    this.#mine = mine;
  }

  /**
   * Calls a method of the other end.
   * @param limit how long the reply may take, in ms
   * @throws Error (as a rejection) of the method, or because no reply came
   */
  async call<Name extends keyof Theirs & string>(
    name: Name,
    argument: Parameters<Theirs[Name]>[0],
    limit: number,
  ): Promise<Awaited<ReturnType<Theirs[Name]>>> {
    if (this.#closed) throw new Error(GONE);
    this.#calls += 1;
    const id = this.#calls;
    const reply = new Promise<unknown>((resolve, reject) => this.#open.set(id, { resolve, reject }));
    this.#send({ greybox: 'call', id, name, argument });
    const late = (): Error => new Error(`no answer to "${name}" within ${limit} ms`);
    try {
      return (await within(reply, limit, late, referencedTimer)) as Awaited<ReturnType<Theirs[Name]>>;
    } finally {
      this.#open.delete(id);
    }
  }

  /** Handles a message from the other end; ignores messages that others sent over the same connection. */
  receive(message: unknown): void {
    if (!isMessage(message)) return;
    if (message.greybox === 'call') return void this.#reply(message.id, message.name, message.argument);
    const call = this.#open.get(message.id);
    if (message.error === undefined) call?.resolve(message.value);
    else call?.reject(new Error(message.error));
  }

  /** The other end is gone: rejects pending calls and all later ones. */
  close(): void {
    this.#closed = true;
    for (const { reject } of this.#open.values()) reject(new Error(GONE));
  }

  async #reply(id: number, name: string, argument: unknown): Promise<void> {
    try {
      if (!Object.hasOwn(this.#mine, name)) throw new Error(`"${name}" is not known`);
      const method = this.#mine[name] as (argument: unknown) => unknown;
      this.#send({ greybox: 'reply', id, value: await method(argument) });
    } catch (error) {
      this.#send({ greybox: 'reply', id, error: (error as Error).message });
    }
  }
}
