import type { Command } from './command.ts';

/** The output of `greybox --help`: every command and its arguments. */
export function usage(commands: readonly Command[]): string {
  return [
    'greybox: placeholder images',
    '',
    'Usage: greybox <command>',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(11)}${summary}`),
    '',
    '  --help, -h print this, or after a command what that takes',
    '  --version  print the version',
    '',
    ...commands.map((command) => command.usage()),
  ].join('\n');
}
