import type { Oklch } from '../../color/oklch.ts';
import { between, shown, tone } from '../colors/mixing.ts';
import { along, type Drawing, down, glow, type Shape } from '../drawing.ts';
import { type Frame, ramp } from '../frame.ts';
import { Path } from '../path.ts';
import { lch, paint } from '../shade.ts';
import { laptop, monitor } from './screens.ts';
import { books, lamp, mug, plant } from './things.ts';

/** Materials of a desk. */
const WOODS: readonly Oklch[] = [
  lch(0.7, 0.08, 65),
  lch(0.5, 0.065, 50),
  lch(0.95, 0.008, 80),
  lch(0.36, 0.03, 260),
];

/** Pictures on the wall. */
function pictures({ width, height, unit, random, palette }: Frame, wall: Oklch): Shape[] {
  const count = random.int(1, 3);
  return Array.from({ length: count }, (_, i) => {
    const s = unit * random.range(0.1, 0.15);
    const x = width * (0.08 + 0.84 * ((i + random.range(0.3, 0.7)) / count));
    const y = height * random.range(0.06, 0.14);
    const inner = new Path().rect(x - s * 0.4, y + s * 0.1, s * 0.8, s * 1.05);
    return [
      paint(new Path().rect(x - s * 0.5, y, s, s * 1.25), tone(wall, 0.75)),
      paint(inner, between(wall, palette.set[(i + 1) % 5] as Oklch, 0.55)),
    ];
  }).flat();
}

/** The desk, with the shadow of a screen of width `w`. */
function table({ width, height, unit }: Frame, top: number, w: number, wood: Oklch): Shape[] {
  const front = new Path().rect(0, top, width, height - top + 1);
  const shadow = new Path().ellipse(width / 2, top + unit * 0.006, w * 0.55, unit * 0.02);
  return [
    { path: front, paint: along(0, top, 0, height, ramp([tone(wood, 0.06), tone(wood, -0.12)])) },
    paint(new Path().rect(0, top, width, unit * 0.012), tone(wood, 0.35), 0.6),
    paint(shadow, tone(wood, -0.4), 0.35),
  ];
}

/** Things on both sides of a screen of width `w`, if there is room. */
function besides(frame: Frame, ground: number, w: number): Shape[] {
  const { width, unit, random } = frame;
  const s = unit * 0.15;
  const things = random.shuffle([
    (x: number) => plant(frame, x, ground, s * 1.15),
    (x: number) => mug(frame, x, ground, s * 0.72),
    (x: number) => books(frame, x, ground, s),
    (x: number) => lamp(frame, x, ground, s * 1.15),
  ]);
  const room = (width - w * 1.1) / 2;
  if (room <= s * 0.5) return [];
  const perSide = Math.max(1, Math.min(2, Math.floor(room / (s * 1.25))));
  return things.slice(0, perSide * 2).flatMap((make, i) => {
    const away = w * 0.56 + (room * (Math.floor(i / 2) + 0.5)) / perSide;
    return make(width / 2 + (i % 2 === 0 ? -1 : 1) * away);
  });
}

/** A workplace: a screen on a desk, and things beside it. */
export function desk(frame: Frame): Drawing {
  const { width, height, unit, random, palette } = frame;
  const [first, second] = palette.set as [Oklch, Oklch];
  const wall: Oklch = palette.isGiven
    ? first
    : lch(random.range(0.78, 0.91), random.range(0.035, 0.08), first.h);
  const wood = palette.isGiven ? tone(second, -0.1) : random.pick(WOODS);
  const top = height * random.range(0.7, 0.78);
  const w = Math.min(unit * 0.62, width * 0.62, top * 0.95);
  const ground = top + unit * 0.008;
  const disc = new Path().circle(width / 2, top - w * 0.25, w * 0.72);
  const shapes = [
    paint(disc, tone(wall, 0.5), 0.45),
    ...pictures(frame, wall),
    ...table(frame, top, w, wood),
    ...(random.chance(0.55)
      ? monitor(frame, width / 2, ground, w)
      : laptop(frame, width / 2, ground, w * 0.86)),
    ...besides(frame, ground, w),
  ];
  return {
    width,
    height,
    backdrop: [
      down(0, height, ramp([tone(wall, 0.12), tone(wall, -0.08)])),
      glow(width * 0.2, 0, width * 0.6, height * 0.8, shown(tone(wall, 0.8)), 0.35),
    ],
    shapes,
  };
}
