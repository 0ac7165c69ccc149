import { isIPv6 } from 'node:net';

/** Where a server is to listen, and the setting that says so. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly name: 'PORT' | 'OPS_PORT';
}

/** What to do where a server cannot listen, by the error's code (errno(3)). */
const ADVICE: Readonly<Record<string, (port: string) => string>> = {
  EADDRINUSE: (port) => `end the program that listens there already, or choose another port with ${port}`,
  EACCES: (port) => `this user may not listen there, choose a port of 1024 or more with ${port}`,
  EADDRNOTAVAIL: () => 'this machine does not have the address, choose another with HOST or --host',
};

/** An error of `listen` as a sentence that says what to do; another error as it is. */
export function explainListenError(error: NodeJS.ErrnoException, { host, port, name }: Place): Error {
  const { code = '', syscall } = error;
  const advice = Object.hasOwn(ADVICE, code) ? ADVICE[code] : undefined;
  if (syscall !== 'listen' || !advice) return error;
  const flag = `${name} or --${name.toLowerCase().replace('_', '-')}`;
  const place = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  return new Error(`cannot listen, ${code}: ${advice(flag)}: ${place}`, { cause: error });
}
