import type { Explanation } from '../explain.ts';
import { spellUrl } from '../own-url.ts';
import { base, byId, debounce } from './dom.ts';

/** What an error says: RFC 9457, with our own members. */
export interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly parameter?: string;
}

/** What changed the URL: a control of the form, or the URL itself. */
export type Source = 'form' | 'line';

export interface Listener {
  /** The URL is another one; the service has not been asked yet. */
  changed?(url: string, source: Source): void;
  /** The service has explained it. */
  explained?(explanation: Explanation, source: Source): void;
  refused?(problem: Problem, source: Source): void;
}

/** What is said where nobody answers, or not as the service does; and after how many ms it is asked again. */
const UNREACHABLE: Problem = {
  code: 'unreachable',
  detail: 'the service does not answer; asking again',
  parameter: 'url',
};
const RETRY = 2000;

const mount = byId('form').dataset['mount'] ?? '';

/** What the page is about: one URL, as it is typed or as the form spells it, and what the service says of it. */
export class State {
  /** The form's fields; after an edit of the URL, those that the service has read out of it. */
  fields: Record<string, string> = {};
  url = '';
  /** The last one that there was: where there is a problem, that of another URL. */
  explanation: Explanation | undefined;
  /** Why the URL of the moment has no picture. */
  problem: Problem | undefined;
  readonly #listeners: Listener[] = [];
  #source: Source = 'line';
  #asked = new AbortController();
  #again: ReturnType<typeof setTimeout> | undefined;
  /** Done when the URL of the moment has been explained or refused: one that has changed before that is waited for too. */
  settled: Promise<void> = Promise.resolve();
  #settle: (() => void) | undefined;
  readonly #askSoon = debounce(120, () => void this.#ask());

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Sets fields of the form, the empty ones to nothing; the others stay. */
  set(changes: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(changes)) {
      if (value === '') delete this.fields[name];
      else this.fields[name] = value;
    }
    this.#change(spellUrl(this.fields, mount), 'form');
  }

  /** Takes any URL as it is. */
  open(url: string): void {
    this.#change(url, 'line');
  }

  /** The URL of ours that pictures are shown and copied by. */
  get own(): string {
    const { explanation } = this;
    if (this.#source === 'form' || !explanation) return this.url;
    // What follows a # is no part of what is asked for.
    return explanation.isOwn && /^\/[^#]*$/.test(this.url) ? this.url : explanation.spelled;
  }

  /** Our URL of the same picture with other fields. */
  with(changes: Readonly<Record<string, string>>): string {
    return spellUrl({ ...this.fields, ...changes }, mount);
  }

  #change(url: string, source: Source): void {
    this.url = url;
    this.#source = source;
    this.#asked.abort();
    clearTimeout(this.#again);
    if (!this.#settle)
      this.settled = new Promise((resolve) => {
        this.#settle = resolve;
      });
    for (const { changed } of this.#listeners) changed?.(url, source);
    this.#askSoon();
  }

  #refuse(problem: Problem): void {
    this.problem = problem;
    for (const { refused } of this.#listeners) refused?.(problem, this.#source);
    if (problem !== UNREACHABLE) return;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      if (this.problem === UNREACHABLE) void this.#ask();
    }, RETRY);
  }

  async #ask(): Promise<void> {
    const asked = new AbortController();
    this.#asked = asked;
    const source = this.#source;
    try {
      const url = `${base}/explain.json?url=${encodeURIComponent(this.url)}`;
      const response = await fetch(url, { signal: asked.signal, priority: 'high' });
      const answer = await response.json();
      if (asked.signal.aborted) return;
      if (response.ok) {
        this.explanation = answer as Explanation;
        this.problem = undefined;
        if (source === 'line') this.fields = { ...this.explanation.fields };
        for (const { explained } of this.#listeners) explained?.(this.explanation, source);
      } else this.#refuse(answer as Problem);
    } catch {
      if (asked.signal.aborted) return;
      this.#refuse(UNREACHABLE);
    }
    this.#settle?.();
    this.#settle = undefined;
  }
}
