import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/**
 * What each half of V8's young generation may take, in bytes: half of what Node 20 and 22 let it grow to, an eighth of
 * Node 24. More is memory that every process holds, and makes nothing faster (docs/performance.md, "Memory").
 */
export const SEMI_SPACE = 8 * 2 ** 20;

/** How often its size is looked at, in ms. */
const INTERVAL = 1000;

const everyInterval = (look: () => void): unknown => setInterval(look, INTERVAL).unref();

function look(): void {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  const capacity = young ? young.space_used_size + young.space_available_size : 0;
  // V8 lets it shrink in quiet times, so it must be able to grow again.
  setFlagsFromString(`--semi-space-growth-factor=${2 * capacity <= SEMI_SPACE ? 2 : 1}`);
}

/**
 * Keeps the young generation of this thread from growing past twice {@link SEMI_SPACE}, until the process ends.
 * `--max-semi-space-size`, which says the same at the start, is no substitute: once that is reached, V8 takes kinds of
 * objects that have survived for old from the start, and a Node 20 answered a third fewer requests. The flag is the
 * process': a thread that starts while it is set keeps the megabyte that it begins with.
 * @param repeat calls what looks at its size now and then; by default once a second
 */
export function boundYoungGeneration(repeat = everyInterval): void {
  look();
  repeat(look);
}
