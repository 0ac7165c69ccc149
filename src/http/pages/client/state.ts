import type { Explanation } from '../explain.ts';
import { spellUrl } from '../own-url.ts';
import { base, byId, debounce } from './dom.ts';

/** An error: RFC 9457, with our own members. */
export interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly parameter?: string;
}

/** What changed the URL: a control of the form, or the URL itself. */
export type Source = 'form' | 'line';

export interface Listener {
  /** The URL has changed; the service has not been asked yet. */
  changed?(url: string, source: Source): void;
  /** The service has explained the URL. */
  explained?(explanation: Explanation, source: Source): void;
  refused?(problem: Problem, source: Source): void;
}

/** The message if there is no answer, or not one from the service, and the ms until the next attempt. */
const UNREACHABLE: Problem = {
  code: 'unreachable',
  detail: 'the service does not answer; asking again',
  parameter: 'url',
};
const RETRY = 2000;

const mount = byId('form').dataset['mount'] ?? '';

/** The state of the page: one URL, typed or spelled by the form, and what the service says about it. */
export class State {
  /** The form's fields; after an edit of the URL, the fields that the service has read from it. */
  fields: Record<string, string> = {};
  url = '';
  /** The last explanation; if there is a problem, it belongs to an earlier URL. */
  explanation: Explanation | undefined;
  /** Why the current URL has no picture. */
  problem: Problem | undefined;
  readonly #listeners: Listener[] = [];
  #source: Source = 'line';
  #asked = new AbortController();
  #again: ReturnType<typeof setTimeout> | undefined;
  /** Resolves when the current URL has been explained or refused; if it changes before, the new one is awaited too. */
  settled: Promise<void> = Promise.resolve();
  #settle: (() => void) | undefined;
  readonly #askSoon = debounce(120, () => void this.#ask());

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Sets fields of the form; empty values clear a field, and other fields stay. */
  set(changes: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(changes)) {
      if (value === '') delete this.fields[name];
      else this.fields[name] = value;
    }
    this.#change(spellUrl(this.fields, mount), 'form');
  }

  /** Opens any URL as it is. */
  open(url: string): void {
    this.#change(url, 'line');
  }

  /** Our own URL, used to show and copy the picture. */
  get own(): string {
    const { explanation } = this;
    if (this.#source === 'form' || !explanation) return this.url;
    // The part after a # is not sent.
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
