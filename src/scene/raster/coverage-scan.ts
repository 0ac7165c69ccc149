import { CLOSE, type CURVE, LINE, MOVE, OPERANDS, type Path } from '../path.ts';

/** Called for a run of pixels in a row, `from` up to `to`, that a shape covers by `coverage` of 255. */
export type Visit = (y: number, from: number, to: number, coverage: number) => void;

/** Four numbers per edge, its two ends from top to bottom; and its direction. Reused. */
let edges = new Float64Array(4096);

let directions = new Int8Array(1024);

let edgeCount = 0;

/** Lines that replace a curve are at most this far from it, in px. */
const FLATNESS = 0.08;

function addEdge(x0: number, y0: number, x1: number, y1: number): void {
  if (y0 === y1) return;
  if (edgeCount === directions.length) {
    const [moreEdges, moreDirections] = [new Float64Array(edgeCount * 8), new Int8Array(edgeCount * 2)];
    moreEdges.set(edges);
    moreDirections.set(directions);
    [edges, directions] = [moreEdges, moreDirections];
  }
  const at = edgeCount * 4;
  const isDown = y0 < y1;
  edges[at] = isDown ? x0 : x1;
  edges[at + 1] = isDown ? y0 : y1;
  edges[at + 2] = isDown ? x1 : x0;
  edges[at + 3] = isDown ? y1 : y0;
  directions[edgeCount++] = isDown ? 1 : -1;
}

/** Adds a cubic curve as lines, as many as its bend needs (its second differences bound the error). */
function addCurve(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  x3: number,
  y3: number,
): void {
  const bendX = Math.max(Math.abs(x0 - 2 * x1 + x2), Math.abs(x1 - 2 * x2 + x3));
  const bendY = Math.max(Math.abs(y0 - 2 * y1 + y2), Math.abs(y1 - 2 * y2 + y3));
  const count = Math.min(200, Math.max(1, Math.ceil(Math.sqrt((0.75 * (bendX + bendY)) / FLATNESS))));
  let x = x0;
  let y = y0;
  for (let i = 1; i <= count; i++) {
    const t = i / count;
    const s = 1 - t;
    const a = s * s * s;
    const b = 3 * s * s * t;
    const c = 3 * s * t * t;
    const d = t * t * t;
    const nextX = i === count ? x3 : a * x0 + b * x1 + c * x2 + d * x3;
    const nextY = i === count ? y3 : a * y0 + b * y1 + c * y2 + d * y3;
    addEdge(x, y, nextX, nextY);
    x = nextX;
    y = nextY;
  }
}

/** Adds the edges of a path, in output pixels. */
function addPath({ data }: Path, scale: number): void {
  edgeCount = 0;
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const at = (i: number): number => (data[i] as number) * scale;
  for (let i = 0; i < data.length; ) {
    const kind = data[i++] as typeof MOVE | typeof LINE | typeof CURVE | typeof CLOSE;
    const end = i + OPERANDS[kind];
    // A subpath is filled as if it were closed.
    if (kind === CLOSE || kind === MOVE) {
      addEdge(x, y, startX, startY);
      [x, y] = [startX, startY];
    } else if (kind === LINE) addEdge(x, y, at(i), at(i + 1));
    else addCurve(x, y, at(i), at(i + 1), at(i + 2), at(i + 3), at(i + 4), at(i + 5));
    if (kind !== CLOSE) [x, y] = [at(end - 2), at(end - 1)];
    if (kind === MOVE) [startX, startY] = [x, y];
    i = end;
  }
  addEdge(x, y, startX, startY);
}

/** Changes of coverage from each pixel of a row to the next, and the range of pixels with changes. Reused. */
let changes = new Float64Array(0);

let changed = new Int32Array(0);

function change(x: number, by: number): void {
  changes[x] = (changes[x] as number) + by;
  changed[x >> 5] = (changed[x >> 5] as number) | (1 << (x & 31));
}

/** Adds the part of an edge that lies in one row: from `x0` to `x1`, `height` of the row high, signed. */
function addSlope(x0: number, x1: number, height: number, width: number): void {
  const left = Math.min(width, Math.max(0, Math.min(x0, x1)));
  const right = Math.min(width, Math.max(0, Math.max(x0, x1)));
  const first = Math.floor(left);
  const last = Math.ceil(right);
  if (last <= first + 1) {
    const middle = (left + right) / 2 - first;
    change(first, height * (1 - middle));
    change(first + 1, height * middle);
    return;
  }
  // The share of each pixel that lies to the right of the slope (R. Levien, font-rs).
  const perPixel = height / (right - left);
  const head = 1 - (left - first);
  const tail = right - (last - 1);
  const firstShare = 0.5 * perPixel * head * head;
  const lastShare = 0.5 * perPixel * tail * tail;
  change(first, firstShare);
  if (last === first + 2) {
    change(first + 1, height - firstShare - lastShare);
  } else {
    const second = perPixel * (head + 0.5);
    change(first + 1, second - firstShare);
    for (let x = first + 2; x < last - 1; x++) change(x, perPixel);
    change(last - 1, height - (second + (last - first - 3) * perPixel) - lastShare);
  }
  change(last, lastShare);
}

/** Reports the row's runs, and clears it. */
function tellRuns(y: number, width: number, visit: Visit): void {
  let sum = 0;
  let from = 0;
  let level = 0;
  for (let word = 0; word < changed.length; word++) {
    let bits = changed[word] as number;
    if (bits === 0) continue;
    changed[word] = 0;
    for (; bits !== 0; bits &= bits - 1) {
      const x = (word << 5) + 31 - Math.clz32(bits & -bits);
      sum += changes[x] as number;
      changes[x] = 0;
      if (x >= width) continue;
      const next = Math.min(255, (Math.abs(sum) * 255 + 0.5) | 0);
      if (next === level) continue;
      if (level > 0 && x > from) visit(y, from, x, level);
      from = x;
      level = next;
    }
  }
  if (level > 0 && from < width) visit(y, from, width, level);
}

/**
 * Finds how much of each pixel a path covers, by the exact area (non-zero rule; by the sum where outlines cross within
 * a pixel). All arithmetic is plain and in double precision: the same on every machine.
 * @param scale output pixels per px of the path
 * @param width of the picture, in output pixels
 * @param height of the picture, in output pixels
 */
export function scanCoverage(path: Path, scale: number, width: number, height: number, visit: Visit): void {
  addPath(path, scale);
  if (changes.length < width + 3) {
    changes = new Float64Array(width + 3);
    changed = new Int32Array((width + 34) >> 5);
  }
  // Edges by the row in which they begin.
  const heads = new Int32Array(height).fill(-1);
  const following = new Int32Array(edgeCount);
  for (let i = edgeCount - 1; i >= 0; i--) {
    const [top, bottom] = [edges[i * 4 + 1] as number, edges[i * 4 + 3] as number];
    if (bottom <= 0 || top >= height) continue;
    const row = Math.max(0, Math.floor(top));
    following[i] = heads[row] as number;
    heads[row] = i;
  }
  const active = new Int32Array(edgeCount);
  let count = 0;
  for (let y = 0; y < height; y++) {
    for (let i = heads[y] as number; i >= 0; i = following[i] as number) active[count++] = i;
    if (count === 0) continue;
    let kept = 0;
    for (let k = 0; k < count; k++) {
      const i = active[k] as number;
      const at = i * 4;
      const x0 = edges[at] as number;
      const y0 = edges[at + 1] as number;
      const x1 = edges[at + 2] as number;
      const y1 = edges[at + 3] as number;
      const top = Math.max(y, y0);
      const bottom = Math.min(y + 1, y1);
      const slope = (x1 - x0) / (y1 - y0);
      const from = x0 + (top - y0) * slope;
      addSlope(from, from + (bottom - top) * slope, (bottom - top) * (directions[i] as number), width);
      if (y1 > y + 1) active[kept++] = i;
    }
    count = kept;
    tellRuns(y, width, visit);
  }
}
