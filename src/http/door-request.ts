import type { Answer } from './images/answer.ts';

/** A request, independent of server and framework. */
export interface DoorRequest {
  readonly method: string;
  /** In origin form, as sent, but without the path that the door is mounted at. */
  readonly target: string;
  /** The whole target, as sent. */
  readonly url: string;
  /** The requested authority: the value of Host. */
  readonly host: string;
  /** The start of our URLs: scheme, authority and the path that the door is mounted at. */
  readonly origin: string;
  /** The client's address: drawing is charged to its budget. */
  readonly client: string;
  /** The path that the pages are mounted at; default: the root. Errors name the page that explains them. */
  readonly pages?: string | undefined;
  /** Whether the client is still there; default: yes. A picture that nobody waits for is not drawn. */
  readonly isWaiting?: (() => boolean) | undefined;
  /** The value of a header field, by its name in lower case. */
  readonly field: (name: string) => string | undefined;
}

/** Something that answers requests: the door, or a greybox. */
export interface Answering {
  /** Never fails: an error is an answer. */
  readonly answer: (request: DoorRequest) => Promise<Answer>;
}
