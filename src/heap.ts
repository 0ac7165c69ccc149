import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/**
 * What each half of V8's young generation may take, in bytes: half of what Node 20 and 22 let it grow to, an eighth of
 * Node 24. More is memory that every process holds, and makes nothing faster (docs/performance.md, "Memory").
 */
export const SEMI_SPACE = 8 * 2 ** 20;

/**
 * What is added to the old generation before V8 marks it again, in bytes: no more than its size, no less than a quarter.
 * Left to itself V8 has it grow by anything from a tenth to three times its size, as it thinks that there is time: twenty
 * megabytes are then marked twice a second, which all requests wait for, or not before what is dead has piled up
 * (docs/performance.md, "Memory").
 */
const GROWTH = { bytes: 16 * 2 ** 20, least: 25, most: 100 };

/** How often its size is looked at, in ms. */
const INTERVAL = 1000;

const everyInterval = (look: () => void): unknown => setInterval(look, INTERVAL).unref();

function look(): void {
  let [young, old] = [0, 0];
  for (const { space_name, space_used_size, space_available_size } of getHeapSpaceStatistics()) {
    if (space_name === 'new_space') young = space_used_size + space_available_size;
    else old += space_used_size;
  }
  // V8 lets it shrink in quiet times, so it must be able to grow again.
  setFlagsFromString(`--semi-space-growth-factor=${2 * young <= SEMI_SPACE ? 2 : 1}`);
  const percent = Math.round((GROWTH.bytes / old) * 100);
  setFlagsFromString(`--heap-growing-percent=${Math.max(GROWTH.least, Math.min(percent, GROWTH.most))}`);
}

/**
 * Keeps the young generation of this thread from growing past twice {@link SEMI_SPACE}, and has the old one marked at
 * even distances, until the process ends. `--max-semi-space-size`, which says the first at the start, is
 * no substitute: once that is reached, V8 takes kinds of objects that have survived for old from the start, and a Node 20
 * answered a third fewer requests. The flags are the process': a thread that starts while they are set keeps the
 * megabyte that it begins with.
 * @param repeat calls what looks at its size now and then; by default once a second
 */
export function steerHeap(repeat = everyInterval): void {
  look();
  repeat(look);
}
