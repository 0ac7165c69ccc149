import type { LoadResult, LoadTask } from '../programs/load.ts';
import type { Headers } from './answer.ts';
import { runProgram, runTool } from './processes.ts';
import { lacksTool } from './tools.ts';

const hasWrk = lacksTool('wrk') === undefined;

export const LOAD_TOOL = hasWrk
  ? 'Load: wrk, one thread.'
  : 'Load: our own client, for wrk is not installed; it may be slower than the servers.';

/** How long an answer may take before wrk calls it an error, in s: a slow one is none. */
const PATIENCE = 30;

function figure(pattern: RegExp, text: string): number {
  const [, value] = pattern.exec(text) ?? [];
  if (value === undefined) throw new Error(`wrk printed no ${pattern.source}:\n${text}`);
  return Number(value);
}

/**
 * Requests one URL as fast as it is answered.
 * @param seconds a whole number
 * @returns requests per second
 * @throws where an answer is an error or a connection fails
 */
export async function saturate(
  url: string,
  connections: number,
  seconds: number,
  headers: Headers = {},
): Promise<number> {
  if (!hasWrk) {
    const { origin, pathname } = new URL(url);
    const task: LoadTask = { origin, paths: [pathname], connections, seconds, headers };
    const result = await runProgram<LoadResult>('load.ts', task, 'load');
    return result.requests / result.seconds;
  }
  const fields = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const sizes = ['-t1', `-c${connections}`, `-d${seconds}s`, `--timeout=${PATIENCE}s`];
  const text = await runTool(['wrk', ...sizes, ...fields, url]);
  if (/Non-2xx|Socket errors/.test(text)) throw new Error(`${url} failed under load:\n${text}`);
  return figure(/Requests\/sec:\s+([\d.]+)/, text);
}
