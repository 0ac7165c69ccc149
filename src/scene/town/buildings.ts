import type { Oklch } from '../../color/oklch.ts';
import { between, shown, tone } from '../colors/mixing.ts';
import { down, fade, flat, type Shape } from '../drawing.ts';
import { type Frame, noise, ramp } from '../frame.ts';
import { landColor } from '../land/ridge.ts';
import { Path } from '../path.ts';
import { flatRoof, ROOFS, type Roof } from './roofs.ts';

export interface Building {
  readonly x: number;
  readonly width: number;
  readonly top: number;
  readonly roof: Roof;
}

/** A row of buildings from edge to edge, taller in the middle of the town. */
export function row(frame: Frame, ground: number, tall: number, broad: number, depth: number): Building[] {
  const { width, unit } = frame;
  const random = frame.random.fork();
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
  { random: parent, palette, unit }: Frame,
  { x, width, top }: Building,
  ground: number,
  dark: Path,
  lit: Path,
): void {
  const random = parent.fork();
  const kind = random.int(0, 3);
  const cell = unit * random.range(0.018, 0.026);
  const columns = Math.max(2, Math.floor((width * 0.84) / cell));
  const step = (width * 0.84) / columns;
  const rise = cell * random.range(1.2, 1.6);
  const rows = Math.min(15, Math.floor((ground - top) / rise - 1));
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
export function rowShapes(
  frame: Frame,
  buildings: readonly Building[],
  ground: number,
  depth: number,
): Shape[] {
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
  // Every other one is a little lighter, to tell neighbours apart.
  const shapes: Shape[] = [];
  const pale = between(color, palette.far, 0.16);
  const [dark, lit, shade] = [new Path(), new Path(), new Path()];
  const own = { ...frame, random: frame.random.fork() };
  buildings.forEach((building) => {
    shade.rect(building.x + building.width * 0.7, building.top, building.width * 0.3, ground - building.top);
    windows(own, building, ground, dark, lit);
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
