import type { Path, Point } from '../path.ts';
import type { Random } from '../random.ts';

/** Tiers of a conifer by its height in px: more would not be visible. */
function tiersFor(height: number): number {
  if (height < 24) return 1;
  if (height < 64) return 2;
  return height < 130 ? 3 : 4;
}

/** A conifer standing on `y`; its outline runs in the same direction as the area under a ridge. */
export function conifer(path: Path, random: Random, x: number, y: number, height: number): void {
  const half = height * random.range(0.17, 0.23);
  const tiers = tiersFor(height);
  const right: Point[] = [];
  for (let i = 1; i <= tiers; i++) {
    const at = y - height * (1 - (i / tiers) * 0.9);
    const out = half * (0.3 + (0.7 * i) / tiers);
    right.push([out, at]);
    if (i < tiers) right.push([out * 0.48, at - height * 0.035]);
  }
  const crown: Point[] = [[x, y - height], ...right.map(([dx, at]): Point => [x + dx, at])];
  const left = right.reverse().map(([dx, at]): Point => [x - dx, at]);
  const trunk = half * 0.16;
  const stem: Point[] = [
    [x + trunk, y - height * 0.1],
    [x + trunk, y + height * 0.08],
    [x - trunk, y + height * 0.08],
    [x - trunk, y - height * 0.1],
  ];
  path.polygon([...crown, ...(tiers > 1 ? stem : []), ...left]);
}

/** A tree with a round crown; a large one has lobes. */
export function roundTree(path: Path, random: Random, x: number, y: number, height: number): void {
  const crown = height * random.range(0.3, 0.38);
  const wide = crown * random.range(0.85, 1.05);
  const trunk = height * 0.035;
  path.rect(x - trunk, y - height * 0.5, trunk * 2, height * 0.56);
  const middle = y - height + crown;
  if (height < 60) path.ellipse(x, middle, wide, crown);
  else
    path.blob([
      [x, middle - crown],
      [x + wide * 0.75, middle - crown * 0.55],
      [x + wide * 1.12, middle + crown * 0.35],
      [x + wide * 0.6, middle + crown * 0.95],
      [x - wide * 0.6, middle + crown * 0.95],
      [x - wide * 1.12, middle + crown * 0.35],
      [x - wide * 0.75, middle - crown * 0.55],
    ]);
}

/** A poplar or cypress: tall and narrow. */
export function poplar(path: Path, random: Random, x: number, y: number, height: number): void {
  const half = height * random.range(0.09, 0.13);
  path
    .move(x, y - height)
    .curve(x + half * 1.3, y - height * 0.6, x + half * 1.2, y - height * 0.1, x, y + height * 0.04)
    .curve(x - half * 1.2, y - height * 0.1, x - half * 1.3, y - height * 0.6, x, y - height)
    .close();
}
