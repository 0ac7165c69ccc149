// Asks the library for many pictures at once, and tells the most memory that the process held, in MiB.
import { renderPlaceholder } from '../../src/index.ts';

/** Pictures that are drawn on the calling thread: each takes a megabyte until it is encoded. */
const COUNT = 400;

await Promise.all(
  Array.from({ length: COUNT }, (_, i) => renderPlaceholder({ width: 700 + i, height: 770, format: 'jpeg' })),
);
process.stdout.write(String(process.resourceUsage().maxRSS / 1024));
