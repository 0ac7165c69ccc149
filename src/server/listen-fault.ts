import { isIPv6 } from 'node:net';

/** What to do where a server cannot listen, by the error's code (errno(3)). */
const ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'end the program that listens there already, or choose another port with PORT or --port',
  EACCES: 'this user may not listen there, choose a port of 1024 or more with PORT or --port',
  EADDRNOTAVAIL: 'this machine does not have the address, choose another with HOST or --host',
};

/** An error of `listen` as a sentence that says what to do; another error as it is. */
export function explainListenError(
  error: NodeJS.ErrnoException,
  { host, port }: { readonly host: string; readonly port: number },
): Error {
  const { code = '', syscall } = error;
  if (syscall !== 'listen' || !Object.hasOwn(ADVICE, code)) return error;
  const place = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  return new Error(`cannot listen, ${code}: ${ADVICE[code]}: ${place}`, { cause: error });
}
