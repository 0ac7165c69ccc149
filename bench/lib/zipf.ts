/**
 * Draws ranks as web requests have them: rank k of n comes 1/k^s as often as the first (Zipf; Breslau et al., "Web
 * Caching and Zipf-like Distributions", INFOCOM 1999).
 * @param n how many ranks there are
 * @param s 1 is Zipf's own law
 * @param random a source of numbers from 0 up to 1
 * @returns a function that draws a rank, from 0 for the most frequent
 */
export function zipf(n: number, s: number, random: () => number): () => number {
  const upTo = new Float64Array(n);
  let total = 0;
  for (let k = 0; k < n; k++) upTo[k] = total += 1 / (k + 1) ** s;
  return () => {
    const wanted = random() * total;
    let [low, high] = [0, n - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] as number) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
