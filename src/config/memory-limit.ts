import { totalmem } from 'node:os';

/** What this process may use, in MiB: of its container or control group; undefined where only the machine limits it. */
export function memoryLimit(): number | undefined {
  // 0 where it is not known, and more than there is where there is none.
  const bytes = process.constrainedMemory();
  return bytes > 0 && bytes < totalmem() ? Math.floor(bytes / 2 ** 20) : undefined;
}
