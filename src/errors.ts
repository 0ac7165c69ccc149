/**
 * Every error that greybox shows to its users: one table of stable codes, their HTTP status and title.
 * `detail` is public by definition: it says what was wrong and what is allowed, and never holds a stack.
 */
export const ERRORS = {
  'invalid-size': { status: 400, title: 'Invalid size' },
  'invalid-color': { status: 400, title: 'Invalid colour' },
  'invalid-option': { status: 400, title: 'Invalid option' },
  'unsupported-format': { status: 400, title: 'Unsupported format' },
  'bad-request': { status: 400, title: 'Bad request' },
  unauthorized: { status: 401, title: 'Unauthorized' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'not-acceptable': { status: 406, title: 'Not acceptable' },
  'request-timeout': { status: 408, title: 'Request timeout' },
  'precondition-failed': { status: 412, title: 'Precondition failed' },
  'uri-too-long': { status: 414, title: 'URL too long' },
  'rate-limited': { status: 429, title: 'Rate limited' },
  'headers-too-large': { status: 431, title: 'Headers too large' },
  internal: { status: 500, title: 'Internal error' },
  overloaded: { status: 503, title: 'Overloaded' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** What an error adds to its sentence. */
export interface ErrorContext {
  /** The option, path segment or setting at fault. */
  readonly parameter?: string;
  /** Its value as given; shortened to {@link MAX_QUOTED} characters. */
  readonly value?: string;
  /** Seconds after which a retry makes sense: `Retry-After` (RFC 9110, 10.2.3). */
  readonly retryAfter?: number;
  /** The methods that the target allows: `Allow` (RFC 9110, 10.2.1). */
  readonly allow?: string;
  /** A shorter sentence for small spaces; default: the whole sentence. */
  readonly brief?: string;
  readonly cause?: unknown;
}

/** The longest quote of a user's input, in characters. */
const MAX_QUOTED = 100;

/** A value that has no spelling, as an error names it: `null`, `NaN`, `object`. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null || typeof value === 'number' ? String(value) : typeof value;
}

/** The size that a bad request asked for, if readable: its error picture has this size. */
export interface AskedSize {
  /** px before scaling */
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

/**
 * An error that is shown to users. Most answer a bad request, where a stack would cost more than the rest of the
 * answer. So they are made without one; {@link withStack} adds it for errors that a program sees.
 */
export class GreyboxError extends Error {
  override readonly name = 'GreyboxError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  readonly parameter: string | undefined;
  readonly value: string | undefined;
  readonly retryAfter: number | undefined;
  readonly allow: string | undefined;
  readonly brief: string;
  /** The size that the bad request asked for; undefined if none could be read. */
  asked: AskedSize | undefined;

  constructor(code: ErrorCode, detail: string, context: ErrorContext = {}) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(detail, context.cause === undefined ? undefined : { cause: context.cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.status = ERRORS[code].status;
    this.title = ERRORS[code].title;
    this.parameter = context.parameter;
    this.value = context.value === undefined ? undefined : quote(context.value);
    this.retryAfter = context.retryAfter;
    this.allow = context.allow;
    this.brief = context.brief ?? detail;
  }
}

/** Runs a task and adds the size to its errors. A size that is already set stays. */
export function askingFor<T>(size: AskedSize, task: () => T): T {
  try {
    return task();
  } catch (error) {
    if (error instanceof GreyboxError) error.asked ??= size;
    throw error;
  }
}

/**
 * Gives an error the stack of the program's call.
 * @param door the function that was called: the stack begins with its caller
 */
export function withStack(error: unknown, door: (...args: never[]) => unknown): unknown {
  if (error instanceof GreyboxError) Error.captureStackTrace(error, door);
  return error;
}

/** Makes input safe to quote in an error: well-formed, without control characters, at most `most` characters. */
export function quote(value: string, most = MAX_QUOTED): string {
  const clean = value.slice(0, most).toWellFormed().replace(/\p{C}/gu, '\uFFFD');
  return value.length > most ? `${clean}…` : clean;
}

/** The longest hint, in characters: it may contain a URL. */
const MAX_HINT = 300;

/**
 * An error of one parameter: `{parameter} must be {allowed}, got {value}`.
 * @param meaning adds to the value, in brackets: `4k`
 * @param hint what to do about it: `write 600x400`
 */
export function invalid(
  code: ErrorCode,
  parameter: string,
  allowed: string,
  value: string,
  meaning?: string,
  hint?: string,
): GreyboxError {
  const got = value === '' ? 'nothing' : quote(value);
  const inBrackets = meaning === undefined ? '' : ` (${quote(meaning)})`;
  const advice = hint === undefined ? '' : `; ${quote(hint, MAX_HINT)}`;
  const detail = `${parameter} must be ${allowed}, got ${got}${inBrackets}${advice}`;
  return new GreyboxError(code, detail, { parameter, value });
}
