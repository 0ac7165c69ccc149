import type { Answer } from './images/answer.ts';

/** A request, as any server or framework has it. */
export interface DoorRequest {
  readonly method: string;
  /** In origin form, as it was sent but for the path that the door is mounted at. */
  readonly target: string;
  /** The whole target, as it was sent. */
  readonly url: string;
  /** The authority that was asked: the value of Host. */
  readonly host: string;
  /** What URLs of ours begin with: scheme, authority and the path that the door is mounted at. */
  readonly origin: string;
  /** The address of who asks: what is drawn goes on its account. */
  readonly client: string;
  /** Whether who asked is still there; by default it is: what nobody waits for is not drawn. */
  readonly isWaiting?: (() => boolean) | undefined;
  /** The value of a header field, by its name in lower case. */
  readonly field: (name: string) => string | undefined;
}

/** What answers requests: the door, or a greybox. */
export interface Answering {
  /** Never fails: an error is an answer. */
  readonly answer: (request: DoorRequest) => Promise<Answer>;
}
