/** Kinds of segments: each is followed by its numbers. */
export const MOVE = 0;

export const LINE = 1;

export const CURVE = 2;

export const CLOSE = 3;

/** How many numbers follow a kind of segment. */
export const OPERANDS = [2, 2, 6, 0] as const;

const cents = (value: number): number => Math.round(value * 100) / 100;

/** Distance of a cubic curve's handles from its ends for a quarter of a circle, as a share of the radius. */
const ARC = 0.5523;

export type Point = readonly [x: number, y: number];

/**
 * Lines and cubic curves, in px before scaling. Numbers are rounded to hundredths when they are added: engines may
 * compute different last digits, but must draw the same picture.
 */
export class Path {
  /** Segments, one after the other: a kind and its numbers. */
  readonly data: number[] = [];

  move(x: number, y: number): this {
    this.data.push(MOVE, cents(x), cents(y));
    return this;
  }

  line(x: number, y: number): this {
    this.data.push(LINE, cents(x), cents(y));
    return this;
  }

  curve(x1: number, y1: number, x2: number, y2: number, x: number, y: number): this {
    this.data.push(CURVE, cents(x1), cents(y1), cents(x2), cents(y2), cents(x), cents(y));
    return this;
  }

  close(): this {
    this.data.push(CLOSE);
    return this;
  }

  polygon(points: readonly Point[]): this {
    for (const [i, [x, y]] of points.entries()) i === 0 ? this.move(x, y) : this.line(x, y);
    return this.close();
  }

  rect(x: number, y: number, width: number, height: number): this {
    return this.polygon([
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ]);
  }

  ellipse(x: number, y: number, across: number, down: number): this {
    const [kx, ky] = [across * ARC, down * ARC];
    return this.move(x - across, y)
      .curve(x - across, y - ky, x - kx, y - down, x, y - down)
      .curve(x + kx, y - down, x + across, y - ky, x + across, y)
      .curve(x + across, y + ky, x + kx, y + down, x, y + down)
      .curve(x - kx, y + down, x - across, y + ky, x - across, y)
      .close();
  }

  circle(x: number, y: number, radius: number): this {
    return this.ellipse(x, y, radius, radius);
  }

  /** A dot, so small that a square looks like a circle and is much shorter. */
  dot(x: number, y: number, radius: number): this {
    const half = radius * 0.886;
    return radius < 2 ? this.rect(x - half, y - half, 2 * half, 2 * half) : this.circle(x, y, radius);
  }

  /** A rectangle with round corners, at most half of its shorter side. */
  roundRect(x: number, y: number, width: number, height: number, radius: number): this {
    const r = Math.min(radius, width / 2, height / 2);
    const k = r * (1 - ARC);
    const [right, bottom] = [x + width, y + height];
    return this.move(x, y + r)
      .curve(x, y + k, x + k, y, x + r, y)
      .line(right - r, y)
      .curve(right - k, y, right, y + k, right, y + r)
      .line(right, bottom - r)
      .curve(right, bottom - k, right - k, bottom, right - r, bottom)
      .line(x + r, bottom)
      .curve(x + k, bottom, x, bottom - k, x, bottom - r)
      .close();
  }

  /**
   * Continues smoothly through points, the first of which is where the path is (a Catmull-Rom spline).
   */
  through(points: readonly Point[]): this {
    for (let i = 0; i + 1 < points.length; i++) {
      const [from, to] = [points[i] as Point, points[i + 1] as Point];
      this.#spline(points[i - 1] ?? from, from, to, points[i + 2] ?? to);
    }
    return this;
  }

  /** A closed outline, smooth through all its points. */
  blob(points: readonly Point[]): this {
    const count = points.length;
    const at = (i: number): Point => points[(i + count) % count] as Point;
    this.move(at(0)[0], at(0)[1]);
    for (let i = 0; i < count; i++) this.#spline(at(i - 1), at(i), at(i + 1), at(i + 2));
    return this.close();
  }

  /** One piece of a Catmull-Rom spline, from where the path is to a point; the neighbours of both bend it. */
  #spline(before: Point, from: Point, to: Point, after: Point): void {
    this.curve(
      from[0] + (to[0] - before[0]) / 6,
      from[1] + (to[1] - before[1]) / 6,
      to[0] - (after[0] - from[0]) / 6,
      to[1] - (after[1] - from[1]) / 6,
      to[0],
      to[1],
    );
  }

  /** A copy, turned clockwise around the origin by radians, enlarged, and then moved. */
  placed(x: number, y: number, angle = 0, scale = 1): Path {
    const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
    const copy = new Path();
    for (let i = 0; i < this.data.length; ) {
      const kind = this.data[i] as 0 | 1 | 2 | 3;
      copy.data.push(kind);
      for (const end = ++i + OPERANDS[kind]; i < end; i += 2) {
        const [px, py] = [this.data[i] as number, this.data[i + 1] as number];
        copy.data.push(cents(x + px * cos - py * sin), cents(y + px * sin + py * cos));
      }
    }
    return copy;
  }

  /** Adds another path's segments. */
  add(other: Path): this {
    this.data.push(...other.data);
    return this;
  }

  get isEmpty(): boolean {
    return this.data.length === 0;
  }
}
