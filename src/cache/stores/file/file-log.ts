import { open, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { firstNumber, type MessageLog } from '../polled-bus.ts';

/** How long a message is kept at least, in ms. */
const MESSAGE_LIFE = 600_000;
/** What messages that are whole end in. */
const END = '\n';

const hasCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

const numbersIn = async (folder: string): Promise<number[]> =>
  (await readdir(folder)).map(Number).sort((one, other) => one - other);

/** Removes what is too old; the newest stays, for its number. */
async function forgetOld(folder: string, numbers: readonly number[], now: number): Promise<void> {
  for (const number of numbers.slice(0, -1)) {
    const path = join(folder, `${number}`);
    const { mtimeMs } = await stat(path);
    if (mtimeMs > now - MESSAGE_LIFE) return;
    await unlink(path);
  }
}

/**
 * Writes a message. On a full disk there is often room for a name, though for no byte: a file without its message tells
 * the others as much as that they have missed one, and they forget everything.
 */
async function writeMessage(path: string, message: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(`${message}${END}`);
  } catch (error) {
    if (!hasCode(error, 'ENOSPC') && !hasCode(error, 'EDQUOT')) throw error;
  } finally {
    await file.close();
  }
}

/** Messages in a folder of their own, each a file that is named by its number. One operation is made at a time. */
export function fileLog(folder: string, now: () => number): MessageLog {
  /** @returns the number that it got: the first that no other process has taken */
  async function write(message: string, number: number): Promise<number> {
    try {
      await writeMessage(join(folder, `${number}`), message);
      return number;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
      return write(message, number + 1);
    }
  }

  /** Every number that there is; a folder that has none begins with one. */
  async function begun(): Promise<number[]> {
    const numbers = await numbersIn(folder);
    if (numbers.length > 0) return numbers;
    const own = await write('', firstNumber(now()));
    // Where several processes begin it at the same time, the lowest number stays: each other one would be taken for a
    // message that was lost.
    const [first = own] = await numbersIn(folder);
    if (first !== own) await unlink(join(folder, `${own}`));
    return [first];
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
      const texts: string[] = [];
      for (const number of await numbersIn(folder)) {
        if (number <= after || number > upTo) continue;
        const text = await readFile(join(folder, `${number}`), 'utf8').catch(() => '');
        if (text.endsWith(END)) texts.push(text.slice(0, -END.length));
      }
      return texts;
    },
  };
}
