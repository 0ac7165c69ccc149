/** Ranges of code points, first and last, ascending and apart from each other. */
export type Ranges = readonly (readonly [first: number, last: number])[];

/** Whether a code point lies in one of the ranges, by binary search. */
export function within(ranges: Ranges, point: number): boolean {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const [first, last] = ranges[middle] as Ranges[number];
    if (point < first) high = middle;
    else if (point > last) low = middle + 1;
    else return true;
  }
  return false;
}

/** Adds a code point that is greater than all in the ranges. */
function add(ranges: [number, number][], point: number): void {
  const last = ranges.at(-1);
  if (last && last[1] === point - 1) last[1] = point;
  else ranges.push([point, point]);
}

/**
 * Segments of format 4, with only the code points that have a glyph (OpenType, cmap, format 4).
 * Glyph 0 stands for none.
 */
function readFormat4(table: Buffer): Ranges {
  const size = table.readUInt16BE(6);
  const [lasts, firsts, deltas, offsets] = [14, 16 + size, 16 + 2 * size, 16 + 3 * size];
  const ranges: [number, number][] = [];
  for (let i = 0; i < size; i += 2) {
    const [first, last] = [table.readUInt16BE(firsts + i), table.readUInt16BE(lasts + i)];
    const [delta, offset] = [table.readUInt16BE(deltas + i), table.readUInt16BE(offsets + i)];
    for (let point = first; point <= last && point < 0xffff; point++) {
      const glyph =
        offset === 0
          ? (point + delta) & 0xffff
          : table.readUInt16BE(offsets + i + offset + 2 * (point - first));
      if (glyph !== 0) add(ranges, point);
    }
  }
  return ranges;
}

/** Groups of format 12 (OpenType, cmap, format 12). */
function readFormat12(table: Buffer): Ranges {
  return Array.from({ length: table.readUInt32BE(12) }, (_, i) => {
    const at = 16 + i * 12;
    return [table.readUInt32BE(at), table.readUInt32BE(at + 4)] as const;
  });
}

/**
 * The code points that a font's `cmap` table has glyphs for.
 * @throws Error where it has no subtable of format 4 or 12
 */
export function readCmap(cmap: Buffer): Ranges {
  const tables = Array.from({ length: cmap.readUInt16BE(2) }, (_, i) =>
    cmap.subarray(cmap.readUInt32BE(8 + i * 8)),
  );
  const wide = tables.find((table) => table.readUInt16BE(0) === 12);
  if (wide) return readFormat12(wide);
  const narrow = tables.find((table) => table.readUInt16BE(0) === 4);
  if (narrow) return readFormat4(narrow);
  throw new Error('no readable cmap');
}
