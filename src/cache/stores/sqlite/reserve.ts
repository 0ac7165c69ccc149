import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';

/** Room for what deleting rows writes, and for what a checkpoint adds to the database; bytes. */
const SIZE = 2 * 2 ** 20;

const pathOf = (database: string): string => `${database}-reserve`;

/** Reserves disk space beside a database, if there is any. Uses random bytes, which a disk cannot compress. */
export function keepReserve(database: string): void {
  try {
    writeFileSync(pathOf(database), randomBytes(SIZE), { flag: 'wx' });
  } catch (error) {
    // A partial reserve would take the last free space.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') releaseReserve(database);
  }
}

/** Frees the space: on a full disk, deleting rows needs some. */
export function releaseReserve(database: string): void {
  rmSync(pathOf(database), { force: true });
}
