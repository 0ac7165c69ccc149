import cluster from 'node:cluster';
import { type Checks, ConfigError, readCheckedConfig, readConfig } from '../config/config.ts';
import { spellDefault } from '../config/readers.ts';
import { type Config, flagOf, SETTINGS } from '../config/settings.ts';
import { Redactor } from '../log/safe.ts';
import type { Command } from './command.ts';

function usage(): string {
  const flags = Object.values(SETTINGS).map((setting) => {
    const flag = `--${flagOf(setting)}`.padEnd(24);
    return `  ${flag}${setting.help} (${setting.env.join(' or ')}; default ${spellDefault(setting)})`;
  });
  return [
    'Usage: greybox serve [flags]',
    '',
    'Each flag says the same as the environment variable behind it, and wins over it:',
    '',
    ...flags,
    '',
  ].join('\n');
}

/** Checks that need other code, which is loaded only if the setting is given. */
const CHECKS: Checks = {
  dialect: async (name) => {
    const { DialectTable } = await import('../dialects/table.ts');
    const fault = new DialectTable().faultOf(name);
    return fault === undefined ? undefined : ` ${fault}`;
  },
  cacheUrl: async (url) => {
    const { checkStore } = await import('../cache/stores/open-store.ts');
    try {
      checkStore(url);
      return undefined;
    } catch (error) {
      return `: ${(error as Error).message}`;
    }
  },
};

async function run(args: readonly string[]): Promise<undefined> {
  // No label uses a system font, so the canvas need not search for any while it loads.
  process.env['DISABLE_SYSTEM_FONTS_LOAD'] ??= '1';
  // Each of the three loads only the code that it runs: a primary draws nothing.
  if (cluster.isWorker) {
    await (await import('../cluster/worker.ts')).serveAsWorker(readConfig({ args }));
    return;
  }
  const config = await readCheckedConfig({ args }, CHECKS);
  try {
    if (config.workers === 1) await (await import('../server/serve.ts')).serve(config);
    else await (await import('../cluster/primary.ts')).supervise(config);
  } catch (error) {
    throw withoutSecrets(error, config);
  }
}

/** The error without secrets, so that it can be printed. */
function withoutSecrets(error: unknown, config: Config): unknown {
  if (error instanceof ConfigError) return error;
  return new Error(new Redactor(config).text((error as Error).message), { cause: error });
}

export const SERVE: Command = { name: 'serve', summary: 'serve placeholder images over HTTP', usage, run };
