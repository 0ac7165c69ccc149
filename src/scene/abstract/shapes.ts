import type { Oklch } from '../../color/oklch.ts';
import { shown, tone } from '../colors/mixing.ts';
import { along, type Drawing, flat, type Shape } from '../drawing.ts';
import { type Frame, ramp } from '../frame.ts';
import { Path } from '../path.ts';

/** The shapes of a tile around its middle; tiles are 2 wide. `small` lies on top in another colour. */
interface Tile {
  readonly large: () => Path;
  readonly small?: () => Path;
}

/** Distance of a cubic curve's handles for a quarter of a circle. */
const ARC = 0.5523;

/** A quarter of a circle in the lower right corner of a tile. */
function quarter(radius: number): Path {
  const k = radius * (1 - ARC);
  return new Path()
    .move(1, 1 - radius)
    .line(1, 1)
    .line(1 - radius, 1)
    .curve(1 - radius, 1 - radius + k, 1 - radius + k, 1 - radius, 1, 1 - radius)
    .close();
}

function half(): Path {
  return new Path().move(-1, 0).curve(-1, -ARC, -ARC, -1, 0, -1).curve(ARC, -1, 1, -ARC, 1, 0).close();
}

function leaf(): Path {
  return new Path()
    .move(-1, -1)
    .curve(-1 + ARC * 2, -1, 1, 1 - ARC * 2, 1, 1)
    .curve(1 - ARC * 2, 1, -1, -1 + ARC * 2, -1, -1)
    .close();
}

const TILES: readonly [Tile, ...Tile[]] = [
  { large: () => quarter(2), small: () => quarter(1) },
  { large: () => quarter(2) },
  { large: half, small: () => half().placed(0, 1) },
  { large: () => new Path().circle(0, 0, 1), small: () => new Path().circle(0, 0, 0.45) },
  { large: () => new Path().circle(0, 0, 0.72) },
  { large: leaf },
  {
    large: () =>
      new Path().polygon([
        [-1, -1],
        [1, 1],
        [-1, 1],
      ]),
  },
  {
    large: () =>
      new Path().polygon([
        [0, -1],
        [1, 0],
        [0, 1],
        [-1, 0],
      ]),
    small: () => new Path().circle(0, 0, 0.3),
  },
  { large: () => new Path().rect(-1, -1, 2, 0.4).rect(-1, -0.2, 2, 0.4).rect(-1, 0.6, 2, 0.4) },
  { large: () => new Path().rect(-1, -1, 1, 2), small: () => new Path().circle(0.5, 0, 0.3) },
];

/** A wall of tiles: parts of circles, triangles and stripes in the colours of a set. */
export function shapes({ width, height, unit, random, palette }: Frame): Drawing {
  const { set } = palette;
  const side = unit / random.pick([2.6, 3.4, 4.4]);
  const columns = Math.max(1, Math.round(width / side));
  const rows = Math.max(1, Math.round(height / side));
  const [across, down] = [width / columns, height / rows];
  const size = Math.max(across, down);
  const [left, top] = [(width - columns * size) / 2, (height - rows * size) / 2];
  const base = set[0] as Oklch;
  const list: Shape[] = [];
  const light = { l: 0.96, c: Math.min(0.03, base.c), h: base.h };
  const colors = [...set, palette.isGiven ? tone(base, -0.3) : { l: 0.3, c: 0.07, h: base.h }, light];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [ground, ink, accent] = random.shuffle(colors) as [Oklch, Oklch, Oklch];
      const [x, y] = [left + (column + 0.5) * size, top + (row + 0.5) * size];
      list.push({
        path: new Path().rect(x - size / 2, y - size / 2, size, size),
        paint: flat(shown(ground)),
      });
      const { large, small } = random.pick(TILES);
      const angle = (random.int(0, 3) * Math.PI) / 2;
      const place = (path: Path): Path => path.placed(x, y, angle, size / 2);
      list.push({ path: place(large()), paint: flat(shown(ink)) });
      if (small && random.chance(0.7)) list.push({ path: place(small()), paint: flat(shown(accent)) });
    }
  }
  return { width, height, backdrop: [along(0, 0, width, height, ramp([base, light]))], shapes: list };
}
