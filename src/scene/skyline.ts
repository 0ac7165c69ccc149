import type { Oklch } from '../color/oklch.ts';
import { type Drawing, down, fade, flat, type Shape } from './drawing.ts';
import {
  birds,
  type Frame,
  landColor,
  noise,
  placeSun,
  ramp,
  roundTree,
  sky,
  stars,
  sunDisc,
  weather,
} from './landscape.ts';
import { between, type Palette, shown, tone } from './palette.ts';
import { Path } from './path.ts';

interface Building {
  readonly x: number;
  readonly width: number;
  readonly top: number;
  readonly roof: Roof;
}

/** Draws what is above the walls. */
type Roof = (path: Path, x: number, top: number, width: number, size: number) => void;

const flatRoof: Roof = () => {};

const ROOFS: readonly [Roof, ...Roof[]] = [
  flatRoof,
  flatRoof,
  // Plant rooms.
  (path, x, top, width, size) => {
    path.rect(x + width * 0.15, top - size * 0.35, width * 0.3, size * 0.4);
    path.rect(x + width * 0.58, top - size * 0.22, width * 0.22, size * 0.3);
  },
  // Set-backs and a mast.
  (path, x, top, width, size) => {
    path.rect(x + width * 0.15, top - size * 0.5, width * 0.7, size * 0.55);
    path.rect(x + width * 0.3, top - size, width * 0.4, size * 0.55);
    path.rect(x + width * 0.48, top - size * 2, width * 0.04, size * 1.1);
  },
  // A slanted roof.
  (path, x, top, width, size) => {
    path.polygon([
      [x, top + 1],
      [x, top - size * 0.9],
      [x + width, top - size * 0.1],
      [x + width, top + 1],
    ]);
  },
  // A spire.
  (path, x, top, width, size) => {
    path.polygon([
      [x + width * 0.5, top - size * 2.4],
      [x + width * 0.56, top - size * 0.9],
      [x + width, top + 1],
      [x, top + 1],
      [x + width * 0.44, top - size * 0.9],
    ]);
  },
  // A round top.
  (path, x, top, width, size) => {
    const rise = Math.min(width * 0.5, size * 1.1);
    path
      .move(x, top + 1)
      .curve(x, top - rise * 0.6, x + width * 0.22, top - rise, x + width * 0.5, top - rise)
      .curve(x + width * 0.78, top - rise, x + width, top - rise * 0.6, x + width, top + 1)
      .close();
  },
  // Masts.
  (path, x, top, width, size) => {
    path.rect(x + width * 0.3, top - size * 1.1, width * 0.035, size * 1.15);
    path.rect(x + width * 0.62, top - size * 0.7, width * 0.035, size * 0.75);
  },
];

/** A row of buildings from edge to edge: taller where the town has its middle. */
function row(frame: Frame, ground: number, tall: number, broad: number, depth: number): Building[] {
  const { width, unit, random } = frame;
  const profile = noise(random, 2, 0.6);
  const center = random.range(0.25, 0.75);
  const buildings: Building[] = [];
  for (let x = -broad * random.next(); x < width; ) {
    const w = broad * random.range(0.6, 1.35);
    const at = (x + w / 2) / width;
    const middle = Math.max(0, 1 - (Math.abs(at - center) * width) / (unit * 0.75));
    const share = 0.34 + 0.3 * middle + 0.26 * profile((at * width * 3) / unit) + random.range(-0.12, 0.14);
    buildings.push({
      x,
      width: w,
      top: ground - tall * Math.max(0.16, share),
      roof: depth < 0.3 && random.chance(0.4) ? flatRoof : random.pick(ROOFS),
    });
    x += w * (depth > 0.7 && random.chance(0.2) ? random.range(1.05, 1.4) : random.range(0.82, 1));
  }
  return buildings;
}

/** Windows: single ones, or in bands or strips; lit ones go to `lit`. */
function windows(
  { random, palette, unit }: Frame,
  { x, width, top }: Building,
  ground: number,
  dark: Path,
  lit: Path,
): void {
  const kind = random.int(0, 3);
  const cell = unit * random.range(0.018, 0.026);
  const columns = Math.max(2, Math.floor((width * 0.84) / cell));
  const step = (width * 0.84) / columns;
  const rise = cell * random.range(1.2, 1.6);
  const rows = Math.min(20, Math.floor((ground - top) / rise - 1));
  const left = x + width * 0.08;
  const share = palette.isDark ? random.range(0.18, 0.6) : random.range(0.02, 0.1);
  const isWide = kind === 1 && !palette.isDark;
  for (let line = 0; line < rows; line++) {
    const y = top + rise * (line + 0.7);
    if (isWide) {
      dark.rect(left, y, width * 0.84, rise * 0.42);
      continue;
    }
    for (let column = 0; column < columns; column++) {
      const isLit = random.chance(share);
      if (!isLit && palette.isDark && kind !== 0) continue;
      const target = isLit ? lit : dark;
      target.rect(left + step * (column + 0.22), y, step * 0.56, rise * (kind === 2 ? 0.75 : 0.5));
    }
  }
}

/** The shapes of a row of buildings. */
function rowShapes(frame: Frame, buildings: readonly Building[], ground: number, depth: number): Shape[] {
  const { unit, palette } = frame;
  const size = unit * (0.03 + 0.015 * depth);
  const top = Math.min(...buildings.map((building) => building.top));
  const body = (filter: (i: number) => boolean): Path => {
    const path = new Path();
    buildings.forEach((building, i) => {
      if (!filter(i)) return;
      path.rect(building.x, building.top, building.width, ground - building.top);
      building.roof(path, building.x, building.top, building.width, size);
    });
    return path;
  };
  const paintOf = (color: Oklch): Shape['paint'] =>
    down(
      top,
      ground,
      ramp([color, between(color, between(palette.sky[2], palette.far, 0.4), 0.5 * (1 - depth) + 0.08)], 2),
    );
  const color = landColor(palette, depth);
  if (depth < 0.3) return [{ path: body(() => true), paint: paintOf(color) }];
  // Every other one is a little lighter, so that neighbours are told apart.
  const shapes: Shape[] = [];
  const pale = between(color, palette.far, 0.16);
  const [dark, lit, shade] = [new Path(), new Path(), new Path()];
  buildings.forEach((building) => {
    shade.rect(building.x + building.width * 0.7, building.top, building.width * 0.3, ground - building.top);
    windows(frame, building, ground, dark, lit);
  });
  shapes.push({ path: body((i) => i % 2 === 0), paint: paintOf(pale) });
  shapes.push({ path: body((i) => i % 2 === 1), paint: paintOf(color) });
  shapes.push({ path: shade, paint: flat(fade(shown(tone(palette.near, -0.3)), 0.16)) });
  const glass = palette.isDark ? tone(palette.near, -0.2) : between(color, palette.sky[1], 0.5);
  if (!dark.isEmpty)
    shapes.push({ path: dark, paint: flat(fade(shown(glass), palette.isDark ? 0.35 : 0.5)) });
  if (!lit.isEmpty)
    shapes.push({
      path: lit,
      paint: flat(
        fade(shown(palette.accents[palette.isDark ? 0 : 1]), palette.isDark ? 0.55 + 0.4 * depth : 0.75),
      ),
    });
  return shapes;
}

/** Water in front of the town, with its lights drawn out in it. */
function waterfront(frame: Frame, ground: number, rows: readonly (readonly Building[])[]): Shape[] {
  const { width, height, unit, palette, random } = frame;
  const water = new Path().rect(0, ground, width, height - ground + 1);
  const reflected = new Path();
  for (const { x, width: w, top } of rows.flat()) {
    const length = Math.min(height - ground, (ground - top) * 0.55);
    const pieces = 5;
    for (let i = 0; i < pieces; i++) {
      const y = ground + (length * i) / pieces;
      const h = (length / pieces) * (0.9 - 0.13 * i);
      reflected.rect(x + random.range(-0.06, 0.06) * w, y, w * random.range(0.85, 1.05), h);
    }
  }
  const streaks = new Path();
  for (let i = 0; i < 26; i++) {
    const depth = random.next();
    const y = ground + (height - ground) * (0.06 + 0.9 * depth);
    const length = unit * random.range(0.02, 0.09) * (0.6 + depth);
    const thickness = Math.max(1, unit * 0.0032 * (0.7 + depth));
    streaks.roundRect(random.range(-0.05, 1) * width, y, length, thickness, thickness / 2);
  }
  const light = palette.isDark ? palette.accents[0] : palette.light;
  return [
    {
      path: water,
      paint: down(
        ground,
        height,
        ramp([between(palette.water, palette.sky[2], 0.35), tone(palette.water, -0.2)]),
      ),
    },
    { path: reflected, paint: flat(fade(shown(tone(palette.near, -0.1)), 0.3)) },
    { path: streaks, paint: flat(fade(shown(light), palette.isDark ? 0.5 : 0.55)) },
  ];
}

/** Trees along the street before the town. */
function park(frame: Frame, ground: number): Shape[] {
  const { width, height, unit, palette, random } = frame;
  const path = new Path().rect(0, ground, width, height - ground + 1);
  const size = unit * 0.075;
  const groves = noise(random, 2, 0.5);
  const count = Math.floor(width / (size * 0.6));
  for (let i = 0; i < count; i++) {
    const at = (i + random.next()) / count;
    if (groves((at * width * 2) / unit) > -0.15)
      roundTree(path, random, at * width, ground + size * 0.05, size * random.range(0.6, 1.1));
  }
  const leaves = palette.isDark
    ? tone(palette.near, -0.25)
    : tone(between(palette.near, { l: 0.35, c: 0.07, h: 150 }, 0.35), -0.12);
  return [{ path, paint: down(ground - size, height, ramp([leaves, tone(leaves, -0.2)], 1)) }];
}

/** Hues of leaves, which walls do not have. */
const LEAVES = { from: 95, to: 190 };

/** A palette of walls where it was one of meadows. */
function built(palette: Palette): Palette {
  const { near, water, isGiven } = palette;
  if (isGiven || near.h < LEAVES.from || near.h > LEAVES.to) return palette;
  return { ...palette, near: { l: near.l * 0.92, c: near.c * 0.75, h: water.h + 15 } };
}

/** A town seen from across the water or a park: three rows of towers in the haze, with lights at night. */
export function skyline(given: Frame): Drawing {
  const frame = { ...given, palette: built(given.palette) };
  const { width, height, unit, random, palette } = frame;
  const hasWater = random.chance(0.55);
  const ground = height * (hasWater ? random.range(0.68, 0.78) : random.range(0.86, 0.92));
  const sun = placeSun(frame, ground * 0.72);
  const shapes: Shape[] = [...stars(frame, ground * 0.8), ...sunDisc(frame, sun)];
  shapes.push(...weather(frame, ground * 0.7));
  if (!palette.isDark && random.chance(0.4)) shapes.push(...birds(frame, ground * 0.6));
  const tall = Math.min(ground * 0.86, unit * random.range(0.7, 0.85));
  const far = row(frame, ground, tall * 0.86, unit * 0.075, 0.14);
  const middle = row(frame, ground, tall, unit * 0.105, 0.45);
  const near = row(frame, ground, tall * 0.62, unit * 0.13, 0.86);
  shapes.push(...rowShapes(frame, far, ground, 0.14));
  shapes.push(...rowShapes(frame, middle, ground, 0.45));
  shapes.push(...rowShapes(frame, near, ground, 0.86));
  shapes.push(...(hasWater ? waterfront(frame, ground, [middle, near]) : park(frame, ground)));
  return { width, height, backdrop: sky(frame, ground, sun), shapes };
}
