import { isIPv6 } from 'node:net';

/** Where a server should listen, and the setting for it. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly name: 'PORT' | 'OPS_PORT';
}

/** What to do if a server cannot listen, by error code (errno(3)). */
const ADVICE: Readonly<Record<string, (port: string) => string>> = {
  EADDRINUSE: (port) => `end the program that listens there already, or choose another port with ${port}`,
  EACCES: (port) => `this user may not listen there, choose a port of 1024 or more with ${port}`,
  EADDRNOTAVAIL: () => 'this machine does not have the address, choose another with HOST or --host',
};

/** Turns an error of `listen` into a sentence that says what to do; other errors stay as they are. */
export function explainListenError(error: NodeJS.ErrnoException, { host, port, name }: Place): Error {
  const { code = '', syscall = '' } = error;
  const advice = Object.hasOwn(ADVICE, code) ? ADVICE[code] : undefined;
  // Several workers share a socket that the first process binds.
  if (!['listen', 'bind'].includes(syscall) || !advice) return error;
  const flag = `${name} or --${name.toLowerCase().replace('_', '-')}`;
  const place = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  return new Error(`cannot listen, ${code}: ${advice(flag)}: ${place}`, { cause: error });
}
