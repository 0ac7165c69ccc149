import { spawnSync } from 'node:child_process';
import type { LoadResult, LoadTask } from '../programs/load.ts';
import { runProgram, runTool } from './processes.ts';

/** Whether wrk is installed (Debian: `apt install wrk`). It ends with 1 after telling its version. */
const hasWrk = /^wrk /.test(spawnSync('wrk', ['--version'], { encoding: 'utf8' }).stdout ?? '');

export const LOAD_TOOL = hasWrk
  ? 'Load: wrk, one thread.'
  : 'Load: our own client, for wrk is not installed; it may be slower than the servers.';

function figure(pattern: RegExp, text: string): number {
  const [, value] = pattern.exec(text) ?? [];
  if (value === undefined) throw new Error(`wrk printed no ${pattern.source}:\n${text}`);
  return Number(value);
}

/**
 * Requests one URL as fast as it is answered.
 * @returns requests per second
 * @throws where an answer is an error or a connection fails
 */
export async function saturate(url: string, connections: number, seconds: number): Promise<number> {
  if (!hasWrk) {
    const { origin, pathname } = new URL(url);
    const task: LoadTask = { origin, paths: [pathname], connections, seconds };
    const result = await runProgram<LoadResult>('load.ts', task, 'load');
    return result.requests / result.seconds;
  }
  const text = await runTool(['wrk', '-t1', `-c${connections}`, `-d${seconds}s`, url]);
  if (/Non-2xx|Socket errors/.test(text)) throw new Error(`${url} failed under load:\n${text}`);
  return figure(/Requests\/sec:\s+([\d.]+)/, text);
}
