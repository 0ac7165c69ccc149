import type { Oklch } from '../../color/oklch.ts';
import { shown, tone } from '../colors/mixing.ts';
import { type Drawing, down, fade, flat, type Shape } from '../drawing.ts';
import { type Frame, ramp } from '../frame.ts';
import { Path } from '../path.ts';
import type { Random } from '../random.ts';
import { paint, pair, placed } from '../shade.ts';
import { arc, contrastPair } from './figure.ts';

/** A robot: head, eyes, mouth, antennas and shoulders in many variants. */
export function robot(frame: Frame): Drawing {
  const { width, height, random, palette } = frame;
  const { ground, others } = contrastPair(frame);
  const air: Oklch = palette.isGiven ? ground : { l: 0.86, c: 0.06, h: ground.h };
  const metal: Oklch = palette.isGiven
    ? tone(others[0] ?? ground, -0.1)
    : {
        l: random.range(0.58, 0.72),
        c: random.range(0.08, 0.15),
        h: (ground.h + random.pick([60, 120, 180, 220, 300])) % 360,
      };
  const dark = { l: 0.27, c: 0.03, h: metal.h };
  const lamp: Oklch = palette.isGiven
    ? tone(others[1] ?? ground, 0.4)
    : { l: 0.85, c: 0.15, h: random.pick([95, 150, 190, 60, 25]) };
  const size = Math.min(width, height) * 0.27;
  const list: Shape[] = [];
  const shoulders = new Path()
    .move(-1.35, 2.4)
    .curve(-1.35, 1.5, -1.1, 1.22, -0.7, 1.18)
    .line(0.7, 1.18)
    .curve(1.1, 1.22, 1.35, 1.5, 1.35, 2.4)
    .close();
  list.push(paint(new Path().rect(-0.26, 0.8, 0.52, 0.5), tone(metal, -0.35)));
  list.push(paint(new Path().rect(-0.3, 0.9, 0.6, 0.09).rect(-0.3, 1.06, 0.6, 0.09), tone(metal, -0.15)));
  list.push(paint(shoulders, metal));
  const panel = random.int(0, 2);
  if (panel === 0)
    list.push(paint(new Path().circle(0, 1.7, 0.24), dark), paint(new Path().circle(0, 1.7, 0.16), lamp));
  else if (panel === 1)
    list.push(
      paint(new Path().roundRect(-0.4, 1.42, 0.8, 0.5, 0.08), dark),
      paint(
        new Path().rect(-0.28, 1.54, 0.2, 0.08).rect(-0.02, 1.54, 0.1, 0.08).rect(-0.28, 1.7, 0.44, 0.08),
        lamp,
      ),
    );
  else
    for (let i = 0; i < 3; i++)
      list.push(paint(new Path().circle(-0.32 + i * 0.32, 1.6, 0.1), i === 1 ? lamp : tone(metal, 0.4)));
  list.push(
    paint(
      pair((s) => new Path().circle(s * 0.98, 1.62, 0.1)),
      tone(metal, -0.25),
    ),
  );
  const antenna = random.int(0, 3);
  const rod = (at: number, lean: number): Path =>
    new Path().rect(-0.04, -0.5, 0.08, 0.55).placed(at, -0.82, lean);
  const bulb = (at: number, lean: number): Path =>
    new Path().circle(at + Math.sin(lean) * 0.55, -0.82 - Math.cos(lean) * 0.55, 0.14);
  if (antenna === 0) list.push(paint(rod(0, 0), dark), paint(bulb(0, 0), lamp));
  else if (antenna === 1)
    list.push(
      paint(
        pair((s) => rod(s * 0.45, s * 0.35)),
        dark,
      ),
      paint(
        pair((s) => bulb(s * 0.45, s * 0.35)),
        lamp,
      ),
    );
  else if (antenna === 2)
    list.push(paint(new Path().roundRect(-0.32, -1.06, 0.64, 0.3, 0.1), tone(metal, -0.25)));
  const ears = random.int(0, 2);
  if (ears === 0)
    list.push(
      paint(
        pair((s) => new Path().roundRect(s > 0 ? 0.86 : -1.14, -0.28, 0.28, 0.56, 0.1)),
        tone(metal, -0.25),
      ),
    );
  else if (ears === 1)
    list.push(
      paint(
        pair((s) => new Path().circle(s * 0.95, 0, 0.26)),
        tone(metal, -0.25),
      ),
      paint(
        pair((s) => new Path().circle(s * 1.02, 0, 0.14)),
        lamp,
      ),
    );
  const heads = [
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
  ] as const;
  list.push(paint(random.pick(heads)(), tone(metal, 0.12)));
  list.push(
    paint(
      new Path().roundRect(-0.74, -0.48, 1.48, 1.12, 0.26),
      tone(metal, random.chance(0.5) ? 0.55 : -0.5),
    ),
  );
  list.push(...robotFace(random, dark, lamp));
  const light = new Path().circle(width / 2, height / 2, Math.min(width, height) * 0.42);
  return {
    width,
    height,
    backdrop: [down(0, height, ramp([tone(air, 0.1), tone(air, -0.08)], 1))],
    shapes: [
      { path: light, paint: flat(fade(shown(tone(air, 0.5)), 0.5)) },
      ...placed(list, width / 2, height * 0.49, size),
    ],
  };
}

function robotFace(random: Random, dark: Oklch, lamp: Oklch): Shape[] {
  const shapes: Shape[] = [];
  const eyes = random.int(0, 3);
  const white: Oklch = { l: 0.98, c: 0.005, h: 90 };
  if (eyes === 0) {
    shapes.push(
      paint(
        pair((s) => new Path().circle(s * 0.34, -0.1, 0.23)),
        dark,
      ),
      paint(
        pair((s) => new Path().circle(s * 0.34, -0.1, 0.14)),
        lamp,
      ),
      paint(
        pair((s) => new Path().circle(s * 0.34 + 0.05, -0.15, 0.045)),
        white,
      ),
    );
  } else if (eyes === 1) {
    shapes.push(
      paint(new Path().roundRect(-0.62, -0.32, 1.24, 0.44, 0.22), dark),
      paint(
        pair((s) => new Path().circle(s * 0.3, -0.1, 0.12)),
        lamp,
      ),
    );
  } else if (eyes === 2) {
    shapes.push(
      paint(
        pair((s) => new Path().roundRect(s * 0.34 - 0.2, -0.32, 0.4, 0.42, 0.08)),
        dark,
      ),
      paint(
        pair((s) => new Path().rect(s * 0.34 - 0.1, -0.2, 0.2, 0.2)),
        lamp,
      ),
    );
  } else {
    shapes.push(
      paint(
        pair((s) => new Path().circle(s * 0.34, -0.1, s > 0 ? 0.25 : 0.19)),
        white,
      ),
      paint(
        pair((s) => new Path().circle(s * 0.34, -0.08, 0.1)),
        dark,
      ),
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
