#!/usr/bin/env node
import cluster from 'node:cluster';
import { readFileSync } from 'node:fs';
import module from 'node:module';
import { ConfigError, readConfig } from './config/config.ts';
import { spellDefault } from './config/readers.ts';
import { flagOf, SETTINGS } from './config/settings.ts';
import { Redactor } from './logging.ts';

const USAGE_ERROR = 2;

/** Knows the secrets once the settings are read; errors of the settings themselves do not repeat them. */
let redactor = new Redactor({});

function version(): string {
  const file = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function usage(): string {
  const flags = Object.values(SETTINGS).map((setting) => {
    const flag = `--${flagOf(setting)}`.padEnd(24);
    return `  ${flag}${setting.help} (${setting.env.join(' or ')}; default ${spellDefault(setting)})`;
  });
  return [
    'greybox: placeholder images',
    '',
    'Usage: greybox serve [flags]',
    '',
    ...flags,
    '  --help                  print this',
    '  --version               print the version',
    '',
  ].join('\n');
}

/** Code that was compiled once is not compiled again at the next start, where Node can keep it (22.1). */
(module as { enableCompileCache?: () => void }).enableCompileCache?.();

// No label uses a font of the machine: the canvas need not look for any while it loads.
process.env['DISABLE_SYSTEM_FONTS_LOAD'] ??= '1';

async function runServe(args: readonly string[]): Promise<void> {
  const config = readConfig({ env: process.env, args });
  redactor = new Redactor(config);
  // Each of the three loads only what it runs: a primary draws nothing.
  if (config.workers === 1) await (await import('./server.ts')).serve(config);
  else if (cluster.isPrimary) await (await import('./cluster/primary.ts')).supervise(config);
  else await (await import('./cluster/worker.ts')).serveAsWorker(config);
}

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = { serve: runServe };

function fail(message: string, status: number): void {
  process.stderr.write(`${redactor.text(message)}\n`);
  process.exitCode = status;
}

async function main([name, ...args]: readonly string[]): Promise<void> {
  if (name === '--version') return void process.stdout.write(`${version()}\n`);
  if (name === '--help' || args.includes('--help')) return void process.stdout.write(usage());
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const problem = name === undefined ? 'a command is missing' : `unknown command ${name}`;
    return fail(
      `greybox: ${problem}; it must be one of ${Object.keys(COMMANDS).join(', ')}\n\n${usage()}`,
      USAGE_ERROR,
    );
  }
  try {
    await command(args);
  } catch (error) {
    if (error instanceof ConfigError)
      fail(error.faults.map((fault) => `greybox: ${fault}`).join('\n'), USAGE_ERROR);
    else fail(`greybox: ${(error as Error).message}`, 1);
  }
}

await main(process.argv.slice(2));
