import { spawnSync } from 'node:child_process';

/** Where programs are looked for: folders of servers are often missing from a user's PATH. */
export const PATH = [process.env['PATH'], '/usr/local/sbin', '/usr/sbin', '/sbin'].filter(Boolean).join(':');

/** Programs that contests need beside Node: how each tells its version, and its Debian package. */
const TOOLS = {
  nginx: { ask: ['nginx', '-v'], version: /nginx\/([\d.]+)/, package: 'nginx' },
  redis: { ask: ['redis-server', '--version'], version: /v=([\d.]+)/, package: 'redis-server' },
  cc: { ask: ['cc', '--version'], version: /(\d+\.\d[\d.]*)/, package: 'gcc' },
  // It ends with 1 after telling its version.
  wrk: { ask: ['wrk', '--version'], version: /^wrk (?:debian\/)?(\d[\w.-]*)/, package: 'wrk' },
} as const;

export type Tool = keyof typeof TOOLS;

function versionOf({ ask: [command, flag], version }: (typeof TOOLS)[Tool]): string | undefined {
  const { stdout, stderr } = spawnSync(command, [flag], { encoding: 'utf8', env: { PATH } });
  return version.exec(`${stdout ?? ''}${stderr ?? ''}`)?.[1];
}

/** The versions of the programs that are installed. */
export const toolVersions: Readonly<Partial<Record<Tool, string>>> = Object.fromEntries(
  Object.entries(TOOLS).flatMap(([name, tool]) => {
    const version = versionOf(tool);
    return version === undefined ? [] : [[name, version]];
  }),
);

/** Why a contestant that needs a program cannot take part; undefined where it can. */
export function lacksTool(tool: Tool): string | undefined {
  return toolVersions[tool] === undefined
    ? `${tool} is not installed (apt install ${TOOLS[tool].package})`
    : undefined;
}
