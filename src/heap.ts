import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/**
 * What each half of V8's young generation may take, in bytes: half of what Node 20 and 22 let it grow to, an eighth of
 * Node 24. More is memory that every process holds, and makes nothing faster (docs/performance.md, "Memory").
 */
export const SEMI_SPACE = 8 * 2 ** 20;

/**
 * What is added to the old generation before V8 marks it again, in bytes, and the least and the most of that in per cent
 * of what was left of it when it was last marked. Left to itself V8 has it grow by anything from a tenth to three times
 * its size, as it thinks that there is time: twenty megabytes are then marked twice a second, or not before what is dead
 * has piled up. Hits wait while it is marked: where more is asked for than can be drawn, they are worth more than memory
 * (docs/performance.md, "Memory").
 */
const GROWTH = {
  calm: { bytes: 12 * 2 ** 20, least: 25, most: 100 },
  crowded: { bytes: 48 * 2 ** 20, least: 25, most: 250 },
};

/** How often sizes are looked at, in ms. */
const INTERVAL = 1000;

/** Looks after the last at a crowd for which another is expected. */
const CROWDED_FOR = 60;

/** How a heap is steered. */
export interface Steering {
  /** Whether more is asked for than can be done; by default never. */
  readonly isCrowded?: () => boolean;
  /** Calls what looks now and then; by default once a second. */
  readonly repeat?: (look: () => void) => void;
}

function everyInterval(look: () => void): void {
  setInterval(look, INTERVAL).unref();
}

/** Sizes of both generations, in bytes. */
function sizes(): { readonly young: number; readonly old: number } {
  let [young, old] = [0, 0];
  for (const { space_name, space_used_size, space_available_size } of getHeapSpaceStatistics()) {
    if (space_name === 'new_space') young = space_used_size + space_available_size;
    else old += space_used_size;
  }
  return { young, old };
}

/** Says by how much both may grow. @param live what was left of the old one, in bytes */
function steer(young: number, live: number, { bytes, least, most }: typeof GROWTH.calm): void {
  // V8 lets it shrink in quiet times, so it must be able to grow again.
  setFlagsFromString(`--semi-space-growth-factor=${2 * young <= SEMI_SPACE ? 2 : 1}`);
  const percent = Math.round((bytes / live) * 100);
  setFlagsFromString(`--heap-growing-percent=${Math.max(least, Math.min(percent, most))}`);
}

/**
 * Keeps the young generation of this thread from growing past twice {@link SEMI_SPACE}, and has the old one marked at
 * even distances, until the process ends. `--max-semi-space-size`, which says the first at the start, is no substitute:
 * once that is reached, V8 takes kinds of objects that have survived for old from the start, and a Node 20 answered a
 * third fewer requests. The flags are the process': a thread that starts while they are set keeps the megabyte that it
 * begins with.
 */
export function steerHeap({ isCrowded = () => false, repeat = everyInterval }: Steering = {}): void {
  let looksSince = CROWDED_FOR;
  let [last, live] = [Number.POSITIVE_INFINITY, 0];
  const look = (): void => {
    looksSince = isCrowded() ? 0 : looksSince + 1;
    const growth = looksSince < CROWDED_FOR ? GROWTH.crowded : GROWTH.calm;
    const { young, old } = sizes();
    // It shrinks only where it is marked, and grows by no more than it may until it is marked again.
    live = Math.max(old < last ? old : live, old - growth.bytes);
    last = old;
    steer(young, live, growth);
  };
  look();
  repeat(look);
}
