/** The settings that hold secrets. */
export interface SecretSettings {
  /** Its user, its password and the values of its query are secret. */
  readonly cacheUrl?: string | undefined;
  readonly adminToken?: string | undefined;
}

/** An error as it is logged: errors of a store's client may contain a command with a password, or a picture. */
export interface LoggedError {
  /** Its name, as pino calls it. */
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

/** The replacement for a secret. */
const HIDDEN = '***';

/** Shorter secrets are replaced only as whole words: otherwise the password `e` would garble every line. */
const SHORT = 4;

/** How deep nested causes are logged. */
const MAX_CAUSES = 3;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The secret parts of a URL: user, password, and the values of its query. */
function secretsInUrl(url: string): string[] {
  const { user = '', query = '' } =
    /^[\w+]+:\/\/(?:(?<user>[^/]*)@)?[^?]*(?:\?(?<query>.*))?$/s.exec(url)?.groups ?? {};
  const [name = '', ...password] = user.split(':');
  const values = query.split('&').map((pair) => pair.replace(/^[^=]*=?/, ''));
  const spaced = values.map((value) => value.replaceAll('+', ' '));
  return [user, name, password.join(':'), ...values, ...spaced];
}

const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const patternOf = (secret: string): string =>
  secret.length < SHORT ? `(?<!\\w)${escapePattern(secret)}(?!\\w)` : escapePattern(secret);

/** Replaces the settings' secrets in log lines and output, both as written and percent-decoded. */
export class Redactor {
  readonly #pattern: RegExp | undefined;

  constructor({ cacheUrl = '', adminToken = '' }: SecretSettings) {
    const given = [...secretsInUrl(cacheUrl), adminToken];
    // `default` is the user name of every Redis, so it is no secret.
    const secrets = new Set(
      given
        .flatMap((secret) => [secret, decoded(secret), encodeURIComponent(decoded(secret))])
        .filter((secret) => secret && secret !== 'default'),
    );
    const patterns = [...secrets].sort((one, other) => other.length - one.length).map(patternOf);
    if (patterns.length > 0) this.#pattern = new RegExp(patterns.join('|'), 'g');
  }

  text(text: string): string {
    return this.#pattern ? text.replace(this.#pattern, HIDDEN) : text;
  }

  /** Replaces secrets in the strings and names of one line of JSON; it stays valid JSON. */
  line(line: string): string {
    // Only JSON escapes could hide a secret from this check.
    if (!this.#pattern || (line.search(this.#pattern) < 0 && !line.includes('\\'))) return line;
    const hide = (value: unknown): unknown => {
      if (typeof value === 'string') return this.text(value);
      if (Array.isArray(value)) return value.map(hide);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, member]) => [this.text(name), hide(member)]),
      );
    };
    return `${JSON.stringify(hide(JSON.parse(line)))}\n`;
  }
}

/** An error's message. For an error that combines several, such as failed connection attempts, all their messages. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message) return error.message;
  const { errors, code } = error as { errors?: readonly unknown[]; code?: unknown };
  return errors?.map(reasonOf).join(', ') || String(code ?? error.name);
}

/** @param options.stack whether to keep the stack: for errors that should never happen, not for a lost server */
export function loggableError(error: unknown, { stack = false } = {}, depth = 0): LoggedError {
  const { name = 'Error', code, stack: trace, cause } = (error ?? {}) as Error & { code?: unknown };
  return {
    type: String(name),
    message: reasonOf(error),
    ...(code !== undefined && { code: String(code) }),
    ...(stack && trace !== undefined && { stack: trace }),
    ...(cause !== undefined && depth < MAX_CAUSES && { cause: loggableError(cause, { stack }, depth + 1) }),
  };
}

/** An error that is already loggable stays as it is. */
function serialize(error: Error) {
  const logged = error instanceof Error ? loggableError(error, { stack: true }) : error;
  return logged as LoggedError & { stack: string; [member: string]: unknown };
}

/** The settings that a log uses. */
export interface LogSettings extends SecretSettings {
  readonly logLevel: string;
}

/** Options for pino, or for Fastify's `logger`, that keep secrets out of all log lines, whatever code logs them. */
export function safeLogger(settings: LogSettings) {
  const redactor = new Redactor(settings);
  return {
    level: settings.logLevel,
    serializers: { err: serialize },
    hooks: { streamWrite: (line: string) => redactor.line(line) },
  };
}
