import { get } from 'node:http';
import { ConfigError, readConfig } from '../config/config.ts';
import { type Command, FAILED } from './command.ts';

/** How long an answer may take, in ms: less than the timeout of a container's health check. */
const LIMIT = 2000;

const USAGE = `Usage: greybox health [--host address] [--port port]

Asks the service at HOST and PORT whether it is alive, and exits with 0 if it is, else with 1.
`;

/** The URL of a service that listens on an address: the loopback if it listens on all. */
function urlOf({ host, port }: { readonly host: string; readonly port: number }): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}/healthz`;
}

/** node:http takes half the memory of fetch, which matters in a container. @returns the status */
const ask = (url: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const request = get(url, { agent: false, signal: AbortSignal.timeout(LIMIT) }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
  });

/**
 * Reads where to ask. Port 0 lets a server take a free one, but names no server to ask.
 * @throws ConfigError
 */
function readAddress(args: readonly string[]): { readonly host: string; readonly port: number } {
  const address = readConfig({ args, only: ['host', 'port'] });
  if (address.port > 0) return address;
  const name = args.some((arg) => /^--port(?:=|$)/.test(arg)) ? '--port' : 'PORT';
  throw new ConfigError([`${name} must be the port of a running service, from 1 to 65535, got 0`]);
}

async function run(args: readonly string[]): Promise<number | undefined> {
  const url = urlOf(readAddress(args));
  try {
    const status = await ask(url);
    if (status === 200) return undefined;
    process.stderr.write(`greybox: ${url} answered ${status}\n`);
  } catch (error) {
    const { message, cause } = error as Error & { cause?: Error };
    process.stderr.write(`greybox: ${url} does not answer: ${cause?.message ?? message}\n`);
  }
  return FAILED;
}

export const HEALTH: Command = {
  name: 'health',
  summary: 'say whether the service is alive',
  usage: () => USAGE,
  run,
};
