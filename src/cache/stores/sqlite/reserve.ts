import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';

/** Room for what removing rows writes, and for what a checkpoint adds to the database; bytes. */
const SIZE = 2 * 2 ** 20;

const pathOf = (database: string): string => `${database}-reserve`;

/** Keeps room on the disk beside a database, where there is any; a disk could compress anything but random bytes. */
export function keepReserve(database: string): void {
  try {
    writeFileSync(pathOf(database), randomBytes(SIZE), { flag: 'wx' });
  } catch (error) {
    // A part of it would take the last room that there is.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') releaseReserve(database);
  }
}

/** Gives the room free: on a full disk removing rows needs some. */
export function releaseReserve(database: string): void {
  rmSync(pathOf(database), { force: true });
}
