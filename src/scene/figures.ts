import type { Oklch } from '../color/oklch.ts';
import { along, type Drawing, down, fade, flat, glow, type Paint, type Shape } from './drawing.ts';
import { type Frame, ramp } from './landscape.ts';
import { between, shown, tone } from './palette.ts';
import { Path, type Point } from './path.ts';
import { clothColors, placed } from './people.ts';
import { person } from './person.ts';
import type { Random } from './random.ts';

/** Figures fill a circle in the middle of the picture: they may be cut to one. */

const paint = (path: Path, color: Oklch, alpha = 1): Shape => ({
  path,
  paint: flat(fade(shown(color), alpha)),
});

/** The same shape on either side. */
function pair(make: (sign: 1 | -1) => Path): Path {
  return new Path().add(make(1)).add(make(-1));
}

/** An arc as wide as `width`, bent by `bend` (downwards is a smile), with round ends. */
function arc(width: number, bend: number, thickness: number): Path {
  const [w, t] = [width / 2, thickness / 2];
  return new Path()
    .move(-w, -t)
    .curve(-w * 0.5, bend * 1.33 - t, w * 0.5, bend * 1.33 - t, w, -t)
    .curve(w + t * 1.3, -t, w + t * 1.3, t, w, t)
    .curve(w * 0.5, bend * 1.33 + t, -w * 0.5, bend * 1.33 + t, -w, t)
    .curve(-w - t * 1.3, t, -w - t * 1.3, -t, -w, -t)
    .close();
}

const HEADS: readonly [() => Path, ...(() => Path)[]] = [
  () => new Path().circle(0, 0, 1),
  () => new Path().roundRect(-0.92, -0.92, 1.84, 1.84, 0.5),
  () => new Path().roundRect(-0.84, -1.02, 1.68, 2.04, 0.84),
  () => new Path().roundRect(-1.02, -0.82, 2.04, 1.64, 0.7),
  // A drop, a pebble.
  () =>
    new Path().blob([
      [0, -1.05],
      [0.82, -0.5],
      [0.98, 0.35],
      [0.45, 0.98],
      [-0.45, 0.98],
      [-0.98, 0.35],
      [-0.82, -0.5],
    ]),
  () =>
    new Path().blob([
      [0.2, -1],
      [0.95, -0.45],
      [0.9, 0.5],
      [0.1, 1],
      [-0.85, 0.75],
      [-1, -0.15],
      [-0.6, -0.9],
    ]),
];

/** Eyes and mouth in one ink, about the origin. */
function features(random: Random, ink: Oklch, white: Oklch): Shape[] {
  const apart = random.range(0.26, 0.4);
  const eye = random.range(0.075, 0.11);
  const shapes: Shape[] = [];
  const kind = random.int(0, 5);
  if (kind === 0)
    shapes.push(
      paint(
        pair((s) => arc(0.24, -0.12, 0.07).placed(s * apart, 0)),
        ink,
      ),
    );
  else if (kind === 1) {
    shapes.push(
      paint(
        pair((s) => new Path().circle(s * apart, 0, eye * 1.9)),
        white,
      ),
    );
    shapes.push(
      paint(
        pair((s) => new Path().circle(s * apart + eye * 0.4, eye * 0.15, eye)),
        ink,
      ),
    );
  } else if (kind === 2)
    shapes.push(
      paint(
        new Path().add(new Path().circle(-apart, 0, eye)).add(arc(0.24, 0.05, 0.07).placed(apart, 0)),
        ink,
      ),
    );
  else
    shapes.push(
      paint(
        pair((s) => new Path().ellipse(s * apart, 0, eye, eye * (kind === 3 ? 1.35 : 1))),
        ink,
      ),
    );
  const mouth = random.int(0, 4);
  const y = random.range(0.32, 0.42);
  const wide = random.range(0.34, 0.56);
  if (mouth <= 1) shapes.push(paint(arc(wide, wide * 0.36, 0.075).placed(0, y), ink));
  else if (mouth === 2) {
    const open = new Path()
      .move(-wide * 0.5, y)
      .line(wide * 0.5, y)
      .curve(wide * 0.5, y + wide * 0.62, -wide * 0.5, y + wide * 0.62, -wide * 0.5, y)
      .close();
    const tongue = new Path().ellipse(0, y + wide * 0.36, wide * 0.24, wide * 0.11);
    shapes.push(paint(open, ink), paint(tongue, { l: 0.7, c: 0.16, h: 20 }));
  } else if (mouth === 3)
    shapes.push(paint(new Path().roundRect(-wide * 0.32, y + 0.03, wide * 0.64, 0.075, 0.037), ink));
  else shapes.push(paint(new Path().ellipse(0, y + 0.07, 0.09, 0.11), ink));
  if (random.chance(0.45))
    shapes.push(
      paint(
        pair((s) => new Path().ellipse(s * (apart + 0.17), 0.24, 0.13, 0.085)),
        { l: 0.68, c: 0.17, h: 18 },
        0.5,
      ),
    );
  return shapes;
}

/** What is on top of a head: hair, ears, a hat. */
function topping(random: Random, color: Oklch, second: Oklch): { behind: Shape[]; before: Shape[] } {
  const kind = random.int(0, 7);
  if (kind === 0)
    return {
      behind: [
        paint(
          pair((s) => new Path().circle(s * 0.72, -0.78, 0.34)),
          color,
        ),
      ],
      before: [
        paint(
          pair((s) => new Path().circle(s * 0.72, -0.78, 0.17)),
          second,
        ),
      ],
    };
  if (kind === 1) {
    const ears = pair((s) =>
      new Path().polygon([
        [s * 0.3, -0.8],
        [s * 0.86, -1.36],
        [s * 0.98, -0.35],
      ]),
    );
    return { behind: [paint(ears, color)], before: [] };
  }
  if (kind === 2)
    return {
      behind: [
        paint(new Path().roundRect(-0.04, -1.5, 0.08, 0.65, 0.04), color),
        paint(new Path().circle(0, -1.48, 0.15), second),
      ],
      before: [],
    };
  if (kind === 3) {
    const tuft = new Path()
      .move(-0.3, -0.86)
      .curve(-0.3, -1.2, -0.05, -1.34, 0.12, -1.38)
      .curve(0.02, -1.2, 0.1, -1.14, 0.34, -1.22)
      .curve(0.24, -1.06, 0.3, -0.96, 0.32, -0.84)
      .close();
    return { behind: [paint(tuft, color)], before: [] };
  }
  if (kind === 4) {
    const fringe = new Path()
      .move(-0.98, -0.16)
      .curve(-0.98, -0.74, -0.56, -1.1, 0, -1.1)
      .curve(0.56, -1.1, 0.98, -0.74, 0.98, -0.16)
      .curve(0.6, -0.3, 0.3, -0.5, 0.16, -0.66)
      .curve(-0.1, -0.44, -0.5, -0.26, -0.98, -0.16)
      .close();
    return { behind: [], before: [paint(fringe, color)] };
  }
  if (kind === 5) {
    const cap = new Path()
      .move(-0.96, -0.34)
      .curve(-0.92, -0.86, -0.5, -1.14, 0, -1.14)
      .curve(0.5, -1.14, 0.92, -0.86, 0.96, -0.34)
      .close();
    return {
      behind: [],
      before: [
        paint(cap, color),
        paint(new Path().roundRect(-1.06, -0.46, 2.12, 0.24, 0.12), second),
        paint(new Path().circle(0, -1.18, 0.14), second),
      ],
    };
  }
  return { behind: [], before: [] };
}

/** The picture's colours, told apart: the ground, and a head that stands out from it. */
function contrastPair(frame: Frame): { ground: Oklch; head: Oklch; others: Oklch[] } {
  const { palette, random } = frame;
  const mixed = random.shuffle(palette.set);
  const ground = mixed[0] as Oklch;
  const far = (color: Oklch): number => {
    const radians = Math.PI / 180;
    return Math.hypot(
      color.l - ground.l,
      color.c * Math.cos(color.h * radians) - ground.c * Math.cos(ground.h * radians),
      color.c * Math.sin(color.h * radians) - ground.c * Math.sin(ground.h * radians),
    );
  };
  const others = mixed.slice(1).sort((a, b) => far(b) - far(a));
  const best = others[0] as Oklch;
  if (palette.isGiven)
    return {
      ground,
      head: far(best) > 0.12 ? best : tone(best, ground.l > 0.6 ? -0.45 : 0.6),
      others: others.slice(1),
    };
  // Faces are light: they are looked at.
  const head = { ...best, l: Math.max(0.7, best.l) };
  const isClose = far(head) < 0.16;
  return {
    ground: isClose ? tone(ground, ground.l > 0.75 ? -0.3 : -0.5) : ground,
    head,
    others: others.slice(1),
  };
}

/** A friendly face of a few plain shapes. */
export function face(frame: Frame): Drawing {
  const { width, height, random } = frame;
  const { ground, head, others } = contrastPair(frame);
  const size = Math.min(width, height) * random.range(0.3, 0.36);
  const angle = random.range(-0.3, 0.3);
  const [x, y] = [width / 2 + random.range(-0.14, 0.14) * size, height / 2 + random.range(0.1, 0.3) * size];
  const ink: Oklch =
    head.l > 0.58
      ? { l: 0.25, c: Math.min(0.05, head.c), h: head.h }
      : { l: 0.97, c: Math.min(0.02, head.c), h: head.h };
  const white: Oklch = head.l > 0.58 ? { l: 0.99, c: 0.004, h: 90 } : { l: 0.15, c: 0.02, h: head.h };
  const [first, second] = [others[0] ?? ground, others[1] ?? head];
  const apart = (color: Oklch): Oklch =>
    Math.abs(color.l - head.l) < 0.12 ? tone(color, head.l > 0.6 ? -0.35 : 0.4) : color;
  const { behind, before } = topping(random, apart(first), apart(second));
  const outline = random.pick(HEADS)();
  const list = [
    ...behind,
    paint(outline, head),
    ...before,
    ...features(random, ink, white).map(({ path, paint: color }) => ({
      path: path.placed(random.range(-0.01, 0.01), -0.02),
      paint: color,
    })),
  ];
  const shapes = list.map(({ path, paint: color }) => ({
    path: path.placed(x, y, angle, size),
    paint: color,
  }));
  const light = new Path().circle(
    width / 2 + random.range(-0.2, 0.2) * width,
    height / 2,
    Math.min(width, height) * 0.44,
  );
  return {
    width,
    height,
    backdrop: [along(0, 0, width, height, ramp([tone(ground, 0.06), tone(ground, -0.06)], 1))],
    shapes: [{ path: light, paint: flat(fade(shown(tone(ground, 0.4)), 0.3)) }, ...shapes],
  };
}

/** Layers of colour that flow round each other, as in polished stone. */
export function marble(frame: Frame): Drawing {
  const { width, height, random, palette } = frame;
  const reach = Math.max(width, height);
  const colors = random.shuffle(palette.set).sort((a, b) => a.l - b.l);
  if (random.chance(0.5)) colors.reverse();
  const [x, y] = [width * random.range(0.3, 0.7), height * random.range(0.3, 0.7)];
  const [first, last] = [colors[0] as Oklch, colors.at(-1) as Oklch];
  const count = 9;
  const swell = Array.from({ length: count }, () => random.range(0.82, 1.2));
  const shapes: Shape[] = [];
  const layers = 6;
  for (let layer = 0; layer < layers; layer++) {
    const share = layer / (layers - 1);
    const size = reach * 0.74 * (1 - share) ** 1.15 + reach * 0.05;
    for (let i = 0; i < count; i++) swell[i] = (swell[i] as number) * random.range(0.91, 1.1);
    const [cx, cy] = [x + (random.next() - 0.5) * size * 0.22, y + (random.next() - 0.5) * size * 0.22];
    const outline = new Path().blob(
      swell.map((by, i): Point => {
        const angle = (i / count) * 2 * Math.PI;
        return [cx + Math.cos(angle) * size * by, cy + Math.sin(angle) * size * by];
      }),
    );
    const at = share * (colors.length - 1);
    const from = colors[Math.min(colors.length - 2, Math.floor(at))] as Oklch;
    const to = colors[Math.min(colors.length - 1, Math.floor(at) + 1)] as Oklch;
    const color = between(from, to, at - Math.floor(at));
    const tones = [tone(color, 0.14), tone(color, -0.12)];
    if (random.chance(0.5)) tones.reverse();
    const shade = down(cy - size * 0.9, cy + size * 0.9, ramp(tones, 2));
    shapes.push({ path: outline, paint: shade });
  }
  return {
    width,
    height,
    backdrop: [along(0, 0, width, height, ramp([first, between(first, last, 0.25)]))],
    shapes,
  };
}

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

/** Head and shoulders of one person who does not exist. */
export function portrait(frame: Frame): Drawing {
  const { width, height, random, palette } = frame;
  const [first] = palette.set as [Oklch];
  const wall: Oklch = palette.isGiven
    ? first
    : { l: random.range(0.76, 0.9), c: random.range(0.06, 0.11), h: first.h };
  const side = Math.min(width, height);
  const size = side * 0.305;
  const backdrop: Paint[] = [
    down(0, height, ramp([tone(wall, 0.12), tone(wall, -0.1)], 1)),
    glow(width / 2, height * 0.42, side * 0.6, side * 0.6, shown(tone(wall, 0.6)), 0.45),
  ];
  const y = (height + side) / 2 - size * 1.78;
  const list = person(random, clothColors(frame), palette.isGiven);
  // Taller pictures: the clothes go on down to the edge.
  const shapes = placed(list, width / 2, y, size);
  const bottom = y + size * 2.68;
  if (bottom < height) {
    const cloth = (list.find(({ path }) => path.data[2] === 2.7) ?? list[0]) as Shape;
    shapes.unshift({
      path: new Path().rect(width / 2 - size * 1.45, bottom, size * 2.9, height - bottom + 1),
      paint: cloth.paint,
    });
  }
  return { width, height, backdrop, shapes };
}
