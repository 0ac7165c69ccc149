import { invalid } from '../../errors.ts';
import type { Format } from '../../formats.ts';
import { splitFormat } from '../shared/format.ts';
import { type Bounds, checkSize, type Size, sideOf, sizeOf } from '../shared/size.ts';

/** A size in a path, and the segments around it. */
export interface Sides {
  readonly size: Size;
  /** Whether it is only one side: `/300`. */
  readonly isSquare: boolean;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly format: Format | undefined;
}

/**
 * Finds the first size among segments: `/300/200`, `/300`, `/300x200`, each with an extension.
 * @returns undefined where there is none
 */
export function findSides(segments: readonly string[]): Sides | undefined {
  const at = segments.findIndex((one) => sizeOf(splitFormat(one).rest) !== undefined);
  if (at < 0) return undefined;
  const first = splitFormat(segments[at] as string);
  const next = splitFormat(segments[at + 1] ?? '');
  const [width, height] = [sideOf(first.rest), sideOf(next.rest)];
  const size = sizeOf(first.rest) as Size;
  const isPair = width !== undefined && height !== undefined;
  return {
    size: isPair ? { width, height } : size,
    isSquare: width !== undefined && !isPair,
    before: segments.slice(0, at),
    after: segments.slice(at + (isPair ? 2 : 1)),
    format: first.format ?? (isPair ? next.format : undefined),
  };
}

/** A side that no service draws: negative, or with more digits than a side may have. */
const NO_SIDE = /^-\d+$|^\d{7,}$/;

/** As {@link findSides}. @throws GreyboxError `invalid-size`, also for a side beside the size that cannot be one */
export function readSides(segments: readonly string[], bounds: Bounds): Sides {
  const sides = findSides(segments);
  const beside = sides?.isSquare ? [sides.before.at(-1), sides.after[0]] : [];
  if (!sides || beside.some((one) => NO_SIDE.test(splitFormat(one ?? '').rest)))
    throw invalid(
      'invalid-size',
      'size',
      'a width and a height such as /300/200, or one side',
      segments.join('/'),
    );
  return { ...sides, size: checkSize(sides.size, bounds) };
}

/** Most words of a list that are read. */
const MOST_WORDS = 100;

/** Words of a list: `beach,Rio` or `beach Rio`. */
export const wordsIn = (text: string): string[] => text.split(/[\s,+]+/, MOST_WORDS).filter(Boolean);

/** Sides in a query; one side stands for both. */
export function sidesIn(
  query: ReadonlyMap<string, string>,
  names: readonly [string, string],
  fallback: Size,
): Size {
  const [width, height] = names.map((name) => sideOf(query.get(name) ?? ''));
  return { width: width ?? height ?? fallback.width, height: height ?? width ?? fallback.height };
}
