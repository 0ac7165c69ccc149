import { open, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { firstNumber, type MessageLog } from '../polled-bus.ts';

/** The shortest time for which a message is kept, in ms. */
const MESSAGE_LIFE = 600_000;
/** Ends every complete message. */
const END = '\n';

const hasCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

const numbersIn = async (folder: string): Promise<number[]> =>
  (await readdir(folder)).map(Number).sort((one, other) => one - other);

/** Removes old messages. The newest stays, to keep its number. */
async function forgetOld(folder: string, numbers: readonly number[], now: number): Promise<void> {
  for (const number of numbers.slice(0, -1)) {
    const path = join(folder, `${number}`);
    const { mtimeMs } = await stat(path);
    if (mtimeMs > now - MESSAGE_LIFE) return;
    await unlink(path);
  }
}

/**
 * Writes a message. A full disk often has room for a file name but not for content: an empty file tells the others that
 * they missed a message, and they forget everything.
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

/** Messages in a folder of their own. Each is a file named by its number. Operations run one at a time. */
export function fileLog(folder: string, now: () => number): MessageLog {
  /** @returns its number: the first that no other process has taken */
  async function write(message: string, number: number): Promise<number> {
    try {
      await writeMessage(join(folder, `${number}`), message);
      return number;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
      return write(message, number + 1);
    }
  }

  /** All numbers in the folder; an empty folder gets a first one. */
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
      // Another process may be doing the same.
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
