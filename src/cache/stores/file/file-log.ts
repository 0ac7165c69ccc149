import { readdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { firstNumber, type MessageLog } from '../polled-bus.ts';

/** How long a message is kept at least, in ms. */
const KEPT = 600_000;
/** What a message that is whole ends in. */
const END = '\n';

const numbersIn = async (folder: string): Promise<number[]> =>
  (await readdir(folder)).map(Number).sort((one, other) => one - other);

/** Removes what is too old; the newest stays, for its number. */
async function forgetOld(folder: string, numbers: readonly number[], now: number): Promise<void> {
  for (const number of numbers.slice(0, -1)) {
    const path = join(folder, `${number}`);
    const { mtimeMs } = await stat(path);
    if (mtimeMs > now - KEPT) return;
    await unlink(path);
  }
}

/** Messages in a folder of their own, each a file that is named by its number. */
export function fileLog(folder: string, now: () => number): MessageLog {
  /** @returns the number that it got: the first that no other process has taken */
  async function write(message: string, number: number): Promise<number> {
    try {
      await writeFile(join(folder, `${number}`), `${message}${END}`, { flag: 'wx' });
      return number;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return write(message, number + 1);
    }
  }

  /** Every number that there is; a folder that has none begins with one. */
  async function begun(): Promise<number[]> {
    const numbers = await numbersIn(folder);
    return numbers.length > 0 ? numbers : [await write('', firstNumber(now()))];
  }

  return {
    last: async () => (await begun()).at(-1) as number,

    async append(message) {
      const numbers = await begun();
      await write(message, (numbers.at(-1) as number) + 1);
      // Another process may be at it, too.
      await forgetOld(folder, numbers, now()).catch(() => {});
    },

    async read(after, upTo) {
      const numbers = (await numbersIn(folder)).filter((number) => number > after && number <= upTo);
      const texts = await Promise.all(
        numbers.map((number) => readFile(join(folder, `${number}`), 'utf8').catch(() => '')),
      );
      return texts.filter((text) => text.endsWith(END)).map((text) => text.slice(0, -END.length));
    },
  };
}
