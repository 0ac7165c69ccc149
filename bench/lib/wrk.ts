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

/** What a load asked for, and in what time. */
export interface Load {
  readonly requests: number;
  readonly seconds: number;
}

function figure(pattern: RegExp, text: string): number {
  const [, value] = pattern.exec(text) ?? [];
  if (value === undefined) throw new Error(`wrk printed no ${pattern.source}:\n${text}`);
  return Number(value);
}

/**
 * Reads what wrk prints. How long it really ran is up to a tenth of a second more than it was told to, from turn to turn.
 * @throws where an answer was an error or a connection failed
 */
export function readWrk(text: string): Load {
  if (/Non-2xx|Socket errors/.test(text)) throw new Error(`a load failed:\n${text}`);
  const requests = figure(/(\d+) requests in/, text);
  return { requests, seconds: requests / figure(/Requests\/sec:\s+([\d.]+)/, text) };
}

/**
 * Requests one URL as fast as it is answered.
 * @param seconds a whole number
 * @throws where an answer is an error or a connection fails
 */
export async function saturate(
  url: string,
  connections: number,
  seconds: number,
  headers: Headers = {},
): Promise<Load> {
  if (!hasWrk) {
    const { origin, pathname } = new URL(url);
    const task: LoadTask = { origin, paths: [pathname], connections, seconds, headers };
    return runProgram<LoadResult>('load.ts', task, 'load');
  }
  const fields = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const sizes = ['-t1', `-c${connections}`, `-d${seconds}s`, `--timeout=${PATIENCE}s`];
  return readWrk(await runTool(['wrk', ...sizes, ...fields, url]));
}
