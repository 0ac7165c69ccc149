/** How many different pictures there are. */
export const SIZES = 1_000_000;

/** Shortest side of a picture in px, and how many lengths there are from there on: cards, banners and heroes. */
const [LEAST, SIDES] = [100, 1000];

/** Without a common divisor with their number, so that going on by it meets every size once; close ones differ much. */
const STRIDE = 618_033;

/** The path of one of 1,000,000 pictures of different sizes: the same in every run, and no two alike below {@link SIZES}. */
export function distinctPath(index: number): string {
  const size = (index * STRIDE) % SIZES;
  return `/image/${LEAST + (size % SIDES)}x${LEAST + Math.floor(size / SIDES)}`;
}

/** The paths of `count` pictures from one on. */
export function distinctPaths(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => distinctPath(from + i));
}
