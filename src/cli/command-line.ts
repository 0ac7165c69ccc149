import { ConfigError } from '../config/config.ts';
import { orDidYouMean } from '../nearest.ts';
import { VERSION } from '../package-root.ts';
import { type Command, FAILED, MISUSED } from './command.ts';
import { HEALTH } from './health.ts';
import { RENDER } from './render/render.ts';
import { SERVE } from './serve.ts';
import { usage } from './usage.ts';

const COMMANDS: readonly Command[] = [SERVE, RENDER, HEALTH];

/** @returns the exit code */
function fail(status: number, ...messages: readonly string[]): number {
  for (const message of messages) process.stderr.write(`greybox: ${message}\n`);
  return status;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** Reports an unknown command. */
function complain(name: string | undefined): number {
  const names = COMMANDS.map((command) => command.name);
  const problem = name === undefined ? 'a command is missing' : `unknown command ${name}`;
  const advice = name?.startsWith('-') ? '; flags follow the command: greybox serve --port 8080' : '';
  const status = fail(
    MISUSED,
    `${problem}; it must be one of ${names.join(', ')}${advice}${orDidYouMean(name ?? '', names)}`,
  );
  process.stderr.write(`\n${usage(COMMANDS)}`);
  return status;
}

const isHelp = (arg: string | undefined): boolean => arg === '--help' || arg === '-h';

/** The reader of our output may end first, as `head` does: the command still runs to its end, without output. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exit(fail(FAILED, error.message));
  });
}

/**
 * Runs one command line.
 * @param args without the names of Node and of the script
 * @returns the exit code of a finished command; a server ends the process itself
 */
export async function runCommandLine([name, ...args]: readonly string[]): Promise<number> {
  if (name === '--version') return print(`${VERSION}\n`);
  if (isHelp(name) || name === 'help') return print(usage(COMMANDS));
  const command = COMMANDS.find((one) => one.name === name);
  if (!command) return complain(name);
  if (args.some(isHelp)) return print(command.usage());
  try {
    return (await command.run(args)) ?? 0;
  } catch (error) {
    if (error instanceof ConfigError) return fail(MISUSED, ...error.faults);
    return fail(FAILED, (error as Error).message);
  }
}
