import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { makeFolderSync } from '../../make-folder.ts';
import { RenderThreads } from '../../render/threads.ts';
import type { Job } from './plan.ts';
import type { Progress } from './progress.ts';

/** The outcome for all pictures. */
export interface Tally {
  drawn: number;
  bytes: number;
  kept: number;
  readonly failures: string[];
}

/**
 * Writes a temporary file and renames it. Signal listeners cannot run in between, because all of it is synchronous: an
 * interrupt leaves neither half a picture nor a temporary file.
 */
function writeWhole(file: string, body: Buffer): void {
  makeFolderSync(dirname(file));
  const beside = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  try {
    writeFileSync(beside, body);
    renameSync(beside, file);
  } catch (error) {
    if (existsSync(beside)) rmSync(beside);
    throw error;
  }
}

/** Draws pictures on all cores, as many at a time as keep them busy. */
async function onAllCores<T>(
  jobs: readonly T[],
  task: (job: T, threads: RenderThreads) => Promise<void>,
): Promise<void> {
  const cores = availableParallelism();
  const threads = new RenderThreads(cores);
  const rest = jobs.values();
  const lane = async (): Promise<void> => {
    for (const job of rest) {
      await task(job, threads);
      // A turn of the event loop lets the canvas free its pixels, output be written and signals arrive.
      await turn();
    }
  };
  try {
    await Promise.all(Array.from({ length: cores * 2 }, lane));
  } finally {
    await threads.close();
  }
}

/** Draws pictures into their files. Existing files stay, unless `force` is set. A failure does not stop the others. */
export async function drawFiles(jobs: readonly Job[], force: boolean, progress: Progress): Promise<Tally> {
  const tally: Tally = { drawn: 0, bytes: 0, kept: 0, failures: [] };
  const isCrowded = jobs.length > availableParallelism();
  await onAllCores(jobs, async ({ placeholder, file }, threads) => {
    if (!force && existsSync(file) && statSync(file).isFile()) {
      tally.kept += 1;
      return progress.done(file, 'kept');
    }
    try {
      const body = await threads.render(placeholder, isCrowded);
      writeWhole(file, body);
      tally.drawn += 1;
      tally.bytes += body.length;
      progress.done(file);
    } catch (error) {
      tally.failures.push(`${file}: ${(error as Error).message}`);
    }
  });
  return tally;
}

/** Draws one picture. */
export async function drawOne({ placeholder }: Job): Promise<Buffer> {
  const threads = new RenderThreads(1);
  try {
    return await threads.render(placeholder);
  } finally {
    await threads.close();
  }
}
