import type { Oklch } from '../../color/oklch.ts';
import { tone } from '../colors/mixing.ts';
import { type Drawing, down, type Shape } from '../drawing.ts';
import { type Frame, ramp } from '../frame.ts';
import { Path } from '../path.ts';
import type { Random } from '../random.ts';
import { paint, paintPair, pair, placed } from '../shade.ts';
import { arc, contrastPair } from './figure.ts';

/** The colours of a robot's parts. */
interface Paints {
  readonly metal: Oklch;
  readonly dark: Oklch;
  readonly lamp: Oklch;
}

/** Neck, shoulders and their built-in parts. */
function chest(random: Random, { metal, dark, lamp }: Paints): Shape[] {
  const shoulders = new Path()
    .move(-1.35, 2.4)
    .curve(-1.35, 1.5, -1.1, 1.22, -0.7, 1.18)
    .line(0.7, 1.18)
    .curve(1.1, 1.22, 1.35, 1.5, 1.35, 2.4)
    .close();
  const screen = new Path()
    .rect(-0.28, 1.54, 0.2, 0.08)
    .rect(-0.02, 1.54, 0.1, 0.08)
    .rect(-0.28, 1.7, 0.44, 0.08);
  const lights = [-1, 0, 1].map((i) =>
    paint(new Path().circle(i * 0.32, 1.6, 0.1), i === 0 ? lamp : tone(metal, 0.4)),
  );
  const rivets = pair((s) => new Path().circle(s * 0.98, 1.62, 0.1));
  const panels = [
    [paint(new Path().circle(0, 1.7, 0.24), dark), paint(new Path().circle(0, 1.7, 0.16), lamp)],
    [paint(new Path().roundRect(-0.4, 1.42, 0.8, 0.5, 0.08), dark), paint(screen, lamp)],
    lights,
  ];
  return [
    paint(new Path().rect(-0.26, 0.8, 0.52, 0.5), tone(metal, -0.35)),
    paint(new Path().rect(-0.3, 0.9, 0.6, 0.09).rect(-0.3, 1.06, 0.6, 0.09), tone(metal, -0.15)),
    paint(shoulders, metal),
    ...random.pick(panels),
    paint(rivets, tone(metal, -0.25)),
  ];
}

/** Antennas on top of a head and at its sides, or none. */
function antennas(random: Random, { metal, dark, lamp }: Paints): Shape[] {
  const rod = (at: number, lean: number): Path =>
    new Path().rect(-0.04, -0.5, 0.08, 0.55).placed(at, -0.82, lean);
  const bulb = (at: number, lean: number): Path =>
    new Path().circle(at + Math.sin(lean) * 0.55, -0.82 - Math.cos(lean) * 0.55, 0.14);
  const rods = pair((s) => rod(s * 0.45, s * 0.35));
  const bulbs = pair((s) => bulb(s * 0.45, s * 0.35));
  const plugs = pair((s) => new Path().roundRect(s > 0 ? 0.86 : -1.14, -0.28, 0.28, 0.56, 0.1));
  const rounds = pair((s) => new Path().circle(s * 0.95, 0, 0.26));
  const lamps = pair((s) => new Path().circle(s * 1.02, 0, 0.14));
  const shade = tone(metal, -0.25);
  return [
    ...random.pick([
      [paint(rod(0, 0), dark), paint(bulb(0, 0), lamp)],
      [paint(rods, dark), paint(bulbs, lamp)],
      [paint(new Path().roundRect(-0.32, -1.06, 0.64, 0.3, 0.1), shade)],
      [],
    ]),
    ...random.pick([[paint(plugs, shade)], [paint(rounds, shade), paint(lamps, lamp)], []]),
  ];
}

const HEADS: readonly (() => Path)[] = [
  () => new Path().roundRect(-0.95, -0.85, 1.9, 1.7, 0.32),
  () => new Path().roundRect(-0.95, -0.85, 1.9, 1.7, 0.8),
  () => new Path().roundRect(-0.88, -0.85, 1.76, 1.7, 0.1),
  () =>
    new Path()
      .move(-0.9, 0.85)
      .line(-0.98, -0.1)
      .curve(-0.95, -0.6, -0.6, -0.88, 0, -0.88)
      .curve(0.6, -0.88, 0.95, -0.6, 0.98, -0.1)
      .line(0.9, 0.85)
      .close(),
];

/** Colours of a robot: its own, or given ones. */
function paintsOf({ palette, random }: Frame, ground: Oklch, others: readonly Oklch[]): Paints {
  const own = { l: random.range(0.58, 0.72), c: random.range(0.08, 0.15), h: 0 };
  own.h = (ground.h + random.pick([60, 120, 180, 220, 300])) % 360;
  const metal = palette.isGiven ? tone(others[0] ?? ground, -0.1) : own;
  const glow: Oklch = { l: 0.85, c: 0.15, h: random.pick([95, 150, 190, 60, 25]) };
  const lamp = palette.isGiven ? tone(others[1] ?? ground, 0.4) : glow;
  return { metal, dark: { l: 0.27, c: 0.03, h: metal.h }, lamp };
}

/** A robot: head, eyes, mouth, antennas and shoulders in many variants. */
export function robot(frame: Frame): Drawing {
  const { width, height, random, palette } = frame;
  const { ground, others } = contrastPair(frame);
  const air: Oklch = palette.isGiven ? ground : { l: 0.86, c: 0.06, h: ground.h };
  const paints = paintsOf(frame, ground, others);
  const face = tone(paints.metal, random.chance(0.5) ? 0.55 : -0.5);
  const side = Math.min(width, height);
  const list = [
    ...chest(random, paints),
    ...antennas(random, paints),
    paint(random.pick(HEADS)(), tone(paints.metal, 0.12)),
    paint(new Path().roundRect(-0.74, -0.48, 1.48, 1.12, 0.26), face),
    ...robotFace(random, paints.dark, paints.lamp),
  ];
  return {
    width,
    height,
    backdrop: [down(0, height, ramp([tone(air, 0.1), tone(air, -0.08)], 1))],
    shapes: [
      paint(new Path().circle(width / 2, height / 2, side * 0.42), tone(air, 0.5), 0.5),
      ...placed(list, width / 2, height * 0.49, side * 0.27),
    ],
  };
}

function robotFace(random: Random, dark: Oklch, lamp: Oklch): Shape[] {
  const shapes: Shape[] = [];
  const eyes = random.int(0, 3);
  const white: Oklch = { l: 0.98, c: 0.005, h: 90 };
  if (eyes === 0) {
    shapes.push(
      paintPair((s) => new Path().circle(s * 0.34, -0.1, 0.23), dark),
      paintPair((s) => new Path().circle(s * 0.34, -0.1, 0.14), lamp),
      paintPair((s) => new Path().circle(s * 0.34 + 0.05, -0.15, 0.045), white),
    );
  } else if (eyes === 1) {
    shapes.push(
      paint(new Path().roundRect(-0.62, -0.32, 1.24, 0.44, 0.22), dark),
      paintPair((s) => new Path().circle(s * 0.3, -0.1, 0.12), lamp),
    );
  } else if (eyes === 2) {
    shapes.push(
      paintPair((s) => new Path().roundRect(s * 0.34 - 0.2, -0.32, 0.4, 0.42, 0.08), dark),
      paintPair((s) => new Path().rect(s * 0.34 - 0.1, -0.2, 0.2, 0.2), lamp),
    );
  } else {
    shapes.push(
      paintPair((s) => new Path().circle(s * 0.34, -0.1, s > 0 ? 0.25 : 0.19), white),
      paintPair((s) => new Path().circle(s * 0.34, -0.08, 0.1), dark),
    );
  }
  const mouth = random.int(0, 3);
  if (mouth === 0) {
    const grille = new Path();
    for (let i = 0; i < 5; i++) grille.roundRect(-0.34 + i * 0.145, 0.28, 0.09, 0.22, 0.03);
    shapes.push(paint(grille, dark));
  } else if (mouth === 1) shapes.push(paint(arc(0.6, 0.2, 0.08).placed(0, 0.32), dark));
  else if (mouth === 2) {
    shapes.push(paint(new Path().roundRect(-0.4, 0.26, 0.8, 0.26, 0.08), dark));
    const teeth = new Path();
    for (let i = 0; i < 4; i++) teeth.rect(-0.33 + i * 0.17, 0.31, 0.13, 0.16);
    shapes.push(paint(teeth, white));
  } else shapes.push(paint(new Path().roundRect(-0.26, 0.34, 0.52, 0.09, 0.045), dark));
  return shapes;
}
