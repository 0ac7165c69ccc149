/** Halvings of an interval in ms: to a nanosecond or so. */
const STEPS = 40;

/**
 * What one who comes at any moment waits at the most, in that share of cases, where nothing goes on for the length of each
 * stall: the time t after which the rest of all stalls is (1 - share) of the whole.
 * @param stalls in ms
 * @param share such as 0.99
 * @param total ms
 */
export function delayQuantile(stalls: readonly number[], share: number, total: number): number {
  const longer = (ms: number): number => stalls.reduce((sum, stall) => sum + Math.max(0, stall - ms), 0);
  let [low, high] = [0, Math.max(0, ...stalls)];
  for (let i = 0; i < STEPS; i++) {
    const middle = (low + high) / 2;
    if (longer(middle) > (1 - share) * total) low = middle;
    else high = middle;
  }
  return high;
}
