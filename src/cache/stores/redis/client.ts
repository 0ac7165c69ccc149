import { createRequire } from 'node:module';
import type { Redis } from 'ioredis';

const require = createRequire(import.meta.url);

/** The Redis client, loaded only if Redis is used: loading it takes a tenth of greybox's start time. */
export const ioredis = (): typeof import('ioredis') => require('ioredis');

/** The longest server message that is kept, in characters. */
const MAX_MESSAGE = 300;

/** A client error without its command: the arguments may contain a password or a picture. */
export function plainError(error: unknown): Error {
  const { name, message, code } = error as NodeJS.ErrnoException;
  const aggregated = (error as { errors?: readonly Error[] }).errors?.map((one) => one.message).join(', ');
  const plain = new Error((message || aggregated || code || name).slice(0, MAX_MESSAGE));
  return Object.assign(plain, { name }, code !== undefined && { code });
}

/** A server's answer to a password that it does not need. */
const NEEDS_NO_PASSWORD = /without any password configured|Client sent AUTH, but no password is set/;

/**
 * Makes a failed AUTH fail the connection, with the server's reason. ioredis itself mistakes the answer of protected
 * mode for one to a needless password, and only prints a warning.
 */
export function heedAuth(redis: Redis): void {
  const auth = redis.auth.bind(redis) as (...args: unknown[]) => Promise<'OK'>;
  const heeding = async (...args: unknown[]): Promise<'OK'> => {
    try {
      return await auth(...args);
    } catch (error) {
      const { message } = error as Error;
      if (NEEDS_NO_PASSWORD.test(message)) return 'OK';
      const reason = message.startsWith('DENIED') ? 'DENIED Redis is running in protected mode' : message;
      const failed = new Error(reason);
      // Now, because the commands behind it fail next, with NOAUTH.
      redis.emit('error', failed);
      throw failed;
    }
  };
  redis.auth = heeding as Redis['auth'];
}
