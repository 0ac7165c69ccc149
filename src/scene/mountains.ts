import { type Drawing, down, fade, flat, glow, type Shape } from './drawing.ts';
import {
  below,
  birds,
  conifer,
  type Frame,
  landColor,
  landPaint,
  noise,
  placeSun,
  type Ridge,
  ramp,
  type Sun,
  sky,
  stars,
  sunDisc,
  weather,
} from './landscape.ts';
import { between, type Palette, shown, tone } from './palette.ts';
import { Path, type Point } from './path.ts';

/** A peak: where its top is, and how its sides fall. */
interface Peak {
  readonly x: number;
  readonly y: number;
  /** px across for each px down */
  readonly left: number;
  readonly right: number;
}

/** The ragged line from the top of a peak down one of its sides. */
function side({ random }: Frame, { x, y }: Peak, slope: number, bottom: number, count: number): Point[] {
  const points: Point[] = [];
  for (let i = 1; i <= count; i++) {
    const drop = ((bottom - y) * i) / count;
    const wobble = i === count ? 0 : random.range(-0.16, 0.16) * ((bottom - y) / count) * 2;
    points.push([x + slope * (drop + wobble), y + drop]);
  }
  return points;
}

/** A peak with a lit and a shaded side, and snow on its top where it is high. */
function peakShapes(
  frame: Frame,
  peak: Peak,
  bottom: number,
  sun: Sun,
  depth: number,
  snow: number,
): Shape[] {
  const { palette, random } = frame;
  const steps = 7;
  const left = side(frame, peak, -peak.left, bottom, steps);
  const right = side(frame, peak, peak.right, bottom, steps);
  const base = landColor(palette, depth);
  const height = bottom - peak.y;
  const paint = landPaint(frame, depth, peak.y, bottom, 0.75);
  const top: Point = [peak.x, peak.y];
  const shapes: Shape[] = [{ path: new Path().polygon([top, ...right, ...left.reverse()]), paint }];
  left.reverse();
  // A crooked edge from the top to the foot parts light and shade.
  const fromLeft = sun.x < peak.x;
  const edge = Array.from({ length: steps }, (_, i): Point => {
    const drop = (height * (i + 1)) / steps;
    const bend = (i % 2 === 0 ? 1 : -1) * random.range(0.02, 0.07) * height * Math.min(1, 0.4 + i / steps);
    return [peak.x + bend + drop * (fromLeft ? 0.12 : -0.12), peak.y + drop];
  });
  const lit = new Path().polygon(
    fromLeft ? [top, ...edge, ...[...left].reverse()] : [top, ...right, ...[...edge].reverse()],
  );
  const light = shown(between(base, palette.glow, 0.5));
  shapes.push({
    path: lit,
    paint: down(peak.y, bottom, [
      [0, fade(light, 0.5)],
      [1, fade(light, 0)],
    ]),
  });
  if (snow > 0) {
    const white = palette.isDark ? between(base, palette.light, 0.32) : between(base, palette.light, 0.88);
    const drop = height * snow;
    const [l, r] = [-peak.left * 0.9, peak.right * 0.9];
    const zig: Point[] = [];
    const teeth = 5;
    for (let i = 0; i <= teeth; i++) {
      const at = i / teeth;
      const x = peak.x + drop * (r + (l - r) * at);
      const deep = i % 2 === 0 ? 1 : random.range(1.25, 1.6);
      zig.push(
        i === 0 || i === teeth ? [x, peak.y + drop] : [peak.x + (x - peak.x) * 0.8, peak.y + drop * deep],
      );
    }
    const shade = shown(between(white, base, 0.38));
    shapes.push({ path: new Path().polygon([top, ...zig]), paint: flat(shade) });
    const half = fromLeft ? zig.slice(2) : zig.slice(0, 4);
    const middle: Point[] = fromLeft
      ? [[peak.x + drop * 0.1, peak.y + drop * 0.55]]
      : [[peak.x - drop * 0.1, peak.y + drop * 0.55]];
    const sunny = fromLeft ? [top, ...middle, ...half] : [top, ...half, ...middle];
    shapes.push({ path: new Path().polygon(sunny), paint: flat(shown(white)) });
  }
  return shapes;
}

/** A range of peaks, the higher ones behind. */
function range(frame: Frame, bottom: number, tall: number, depth: number, sun: Sun, snowy: boolean): Shape[] {
  const { width, unit, random } = frame;
  const count = Math.max(2, Math.round((width / unit) * random.range(1.8, 2.6)));
  const peaks = Array.from({ length: count }, (_, i): Peak => {
    const rise = tall * random.range(0.5, 1);
    return {
      x: (width * (i + random.range(0.15, 0.85))) / count,
      y: bottom - rise,
      left: random.range(0.75, 1.25),
      right: random.range(0.75, 1.25),
    };
  });
  peaks.sort((a, b) => a.y - b.y);
  return peaks.flatMap((peak) => {
    const rise = bottom - peak.y;
    const snow = snowy && rise > tall * 0.62 ? random.range(0.26, 0.4) : 0;
    return peakShapes(frame, peak, bottom, sun, depth, snow);
  });
}

/** Still water with the light on it. */
function lake(frame: Frame, top: number, sun: Sun): Shape[] {
  const { width, height, unit, palette, random } = frame;
  const water = new Path().rect(0, top, width, height - top + 1);
  const shapes: Shape[] = [
    {
      path: water,
      paint: down(
        top,
        height,
        ramp([between(palette.sky[2], palette.far, 0.45), between(palette.sky[0], palette.near, 0.45)]),
      ),
    },
    { path: water, paint: glow(sun.x, top, unit * 0.35, (height - top) * 0.9, shown(palette.light), 0.4) },
  ];
  const glints = new Path();
  for (let i = 0; i < 16; i++) {
    const depth = (i + random.next()) / 16;
    const spread = unit * (0.03 + 0.16 * depth);
    const length = unit * random.range(0.03, 0.09) * (0.6 + depth);
    const thickness = Math.max(1, unit * 0.0035 * (0.7 + depth));
    const x = sun.x + random.range(-1, 1) * spread - length / 2;
    glints.roundRect(x, top + (height - top) * (0.04 + 0.9 * depth), length, thickness, thickness / 2);
  }
  shapes.push({ path: glints, paint: flat(fade(shown(palette.light), palette.isDark ? 0.4 : 0.7)) });
  return shapes;
}

/** Where the land of a layer begins: `share` from 0, at the horizon, to 1, the nearest. */
function landBase(height: number, horizon: number, share: number): number {
  return horizon + (height - horizon) * (0.1 + 0.72 * share ** 1.3);
}

/** High mountains with snow, over a lake or woods. */
export function mountains(frame: Frame): Drawing {
  const { width, height, unit, random, palette } = frame;
  const horizon = height * random.range(0.56, 0.68);
  const sun = placeSun(frame, horizon * 0.8);
  const shapes: Shape[] = [...stars(frame, horizon), ...sunDisc(frame, sun)];
  shapes.push(...weather(frame, horizon * 0.75));
  const hasLake = random.chance(0.6);
  const tall = Math.min(horizon * 0.72, unit * random.range(0.38, 0.5));
  // Without a lake the mountains stand behind the first hill, wherever that begins.
  const foot = hasLake ? horizon + unit * 0.005 : landBase(height, horizon, 1 / 3) + unit * 0.12;
  shapes.push(...range(frame, foot, tall + foot - horizon, 0.16, sun, true));
  if (!palette.isDark && random.chance(0.5)) shapes.push(...birds(frame, horizon * 0.7));
  shapes.push(...range(frame, foot, tall * 0.42 + foot - horizon, 0.42, sun, false));
  if (hasLake) shapes.push(...lake(frame, horizon, sun));
  const layers = hasLake ? [0.62, 1] : [0.6, 0.78, 1];
  layers.forEach((depth, i) => {
    const last = i === layers.length - 1;
    const wave = noise(random, 3, 0.4);
    const slant = random.range(-0.12, 0.12) * (last ? 1.4 : 0.6);
    const base =
      hasLake && !last ? horizon + unit * 0.008 : landBase(height, horizon, (i + 1) / layers.length);
    const swell = unit * (hasLake && !last ? 0.012 : 0.035);
    const lean = hasLake && !last ? 0 : slant;
    const ridge: Ridge = (share) =>
      base + (share - 0.5) * lean * unit * 1.6 - wave((share * width * 1.6) / unit) * swell;
    const path =
      hasLake && !last
        ? shore(frame, ridge, horizon)
        : below(frame, ridge, Math.ceil((width / unit) * 9), true);
    woods(frame, path, ridge, unit * (last ? random.range(0.1, 0.15) : 0.045), last ? 0.55 : 0.85);
    shapes.push({ path, paint: landPaint(frame, depth, base - unit * 0.08, base + unit * 0.3, 0.4) });
  });
  return { width, height, backdrop: sky(frame, horizon, sun), shapes };
}

/** A thin strip of land on the far side of a lake. */
function shore({ width, unit }: Frame, ridge: Ridge, horizon: number): Path {
  return new Path().polygon([
    [0, ridge(0)],
    [width * 0.25, ridge(0.25)],
    [width * 0.5, ridge(0.5)],
    [width * 0.75, ridge(0.75)],
    [width, ridge(1)],
    [width, horizon + unit * 0.014],
    [0, horizon + unit * 0.014],
  ]);
}

/** A wood along a ridge: denser at the sides of the picture than in the middle. */
function woods({ width, unit, random }: Frame, path: Path, ridge: Ridge, size: number, share: number): void {
  const groves = noise(random, 2, 0.5);
  const count = Math.min(90, Math.floor(width / (size * 0.24)));
  for (let i = 0; i < count; i++) {
    const at = (i + random.next()) / count;
    const density = groves((at * width * 2) / unit) + (Math.abs(at - 0.5) * 2 - 0.5) * 0.9;
    const height = size * random.range(0.6, 1.1) * (0.8 + 0.25 * density);
    if (density > 1 - share * 2) conifer(path, random, at * width, ridge(at) + height * 0.12, height);
  }
}

/** A forest in the mist: rows of conifers, each paler than the one before it. */
export function forest(frame: Frame): Drawing {
  const { width, height, unit, random, palette } = frame;
  const horizon = height * random.range(0.5, 0.62);
  const sun = placeSun(frame, horizon * 0.85);
  const shapes: Shape[] = [...stars(frame, horizon * 0.7), ...sunDisc(frame, sun)];
  if (!palette.isDark && random.chance(0.5)) shapes.push(...birds(frame, horizon * 0.7));
  const count = 5;
  for (let i = 0; i < count; i++) {
    const depth = (i + 0.4) / (count - 0.6);
    const base = height * (0.44 + 0.5 * (i / (count - 1)) ** 1.1);
    const wave = noise(random, 3, 0.45);
    const slant = random.range(-0.2, 0.2);
    const swell = unit * (0.09 - 0.04 * depth);
    const ridge: Ridge = (share) =>
      base + (share - 0.5) * slant * unit - wave((share * width * 1.3) / unit) * swell;
    const path = below(frame, ridge, Math.ceil((width / unit) * 8), true);
    const size = unit * (0.05 + 0.2 * depth ** 1.7);
    const trees = Math.min(64, Math.floor(width / (size * 0.24)));
    const groves = noise(random, 2, 0.5);
    for (let k = 0; k < trees; k++) {
      const at = (k + random.next()) / trees;
      const density = groves((at * width * 2.2) / unit);
      const tall = size * random.range(0.55, 1.1) * (0.85 + 0.4 * density);
      if (density > -0.25 - 0.5 * (1 - depth))
        conifer(path, random, at * width, ridge(at) + tall * 0.13, tall);
    }
    shapes.push({ path, paint: landPaint(frame, depth, base - swell - size * 0.7, base + unit * 0.2, 0.85) });
  }
  return { width, height, backdrop: sky(frame, horizon, sun), shapes };
}

/** A palette of sand where it was one of meadows or woods. */
function sandy(palette: Palette): Palette {
  const {
    near,
    sky: [, , horizon],
    isDark,
    isGiven,
  } = palette;
  const isWarm = near.h < 90 || near.h > 280;
  if (isGiven || isDark || isWarm) return palette;
  const far = between({ l: 0.84, c: 0.065, h: 75 }, horizon, 0.25);
  return { ...palette, far, near: { l: 0.5, c: 0.095, h: 52 } };
}

/** Dunes under a large sun: each with a lit and a shaded flank along a sharp crest. */
export function desert(given: Frame): Drawing {
  const frame = { ...given, palette: sandy(given.palette) };
  const { width, height, unit, random } = frame;
  const horizon = height * random.range(0.45, 0.58);
  const placed = placeSun(frame, horizon);
  const sun = { ...placed, radius: placed.radius * 1.25 };
  const shapes: Shape[] = [...stars(frame, horizon), ...sunDisc(frame, sun)];
  shapes.push(...weather(frame, horizon));
  const mesas = new Path();
  for (let i = 0, x = random.range(-0.1, 0.2) * width; i < 4; i++) {
    const w = unit * random.range(0.12, 0.34);
    const h = unit * random.range(0.05, 0.14);
    const foot = horizon + unit * 0.04;
    mesas.polygon([
      [x + w * 0.16, foot - h - unit * 0.04],
      [x + w * 0.84, foot - h - unit * 0.04],
      [x + w * 0.88, foot - h * 0.6],
      [x + w * 1.05, foot],
      [x - w * 0.05, foot],
      [x + w * 0.12, foot - h * 0.6],
    ]);
    x += w + unit * random.range(0.1, 0.5);
  }
  shapes.push({
    path: mesas,
    paint: landPaint(frame, 0.2, horizon - unit * 0.15, horizon + unit * 0.06, 0.7),
  });
  const count = 4;
  for (let i = 0; i < count; i++) {
    const depth = 0.22 + (0.62 * i) / (count - 1);
    const base = horizon + (height - horizon) * (0.06 + 0.62 * (i / (count - 1)) ** 1.2);
    shapes.push(...dune(frame, base, unit * (0.07 + 0.09 * depth), depth, sun.x));
  }
  return { width, height, backdrop: sky(frame, horizon, sun), shapes };
}

/** A dune: a long crest, and the flank in the shade that winds down from it. */
function dune(frame: Frame, base: number, swell: number, depth: number, light: number): Shape[] {
  const { width, height, unit, random, palette } = frame;
  const crest = random.range(0.12, 0.88);
  const sign = crest * width > light ? 1 : -1;
  const long = random.range(0.5, 0.8) * Math.max(1, width / unit);
  const wave = noise(random, 2, 0.3);
  // The wind's side rises gently; the other falls away.
  const ridge: Ridge = (share) => {
    const d = ((share - crest) * width * sign) / (unit * long);
    const bump = d < 0 ? Math.exp(-d * d * 2.2) : Math.exp(-d * 2.6);
    return base - swell * (bump * 1.5 - 0.3) - wave((share * width) / unit) * swell * 0.12;
  };
  const color = landColor(palette, depth);
  const lit = between(color, palette.glow, palette.isDark ? 0.14 : 0.3);
  const points = Math.ceil((width / unit) * 12);
  const top: Point = [crest * width, ridge(crest)];
  const left: Point[] = [];
  const right: Point[] = [];
  for (let i = 0; i <= points; i++) {
    const x = (i / points) * width;
    if (x < top[0] - unit * 0.01) left.push([x, ridge(i / points)]);
    if (x > top[0] + unit * 0.01) right.push([x, ridge(i / points)]);
  }
  const whole = new Path().move(0, (left[0] ?? top)[1]).through([...left, top]);
  whole
    .through([top, ...right])
    .line(width, height + 1)
    .line(0, height + 1)
    .close();
  const flank = new Path().move(top[0], top[1]);
  const foot = height + 1;
  if (sign > 0) flank.through([top, ...right]).line(width, foot);
  else flank.through([top, ...left.reverse()]).line(0, foot);
  const drop = foot - top[1];
  const reach = unit * random.range(0.25, 0.5) * sign;
  flank
    .line(top[0] + reach, foot)
    .curve(
      top[0] + reach * 1.5,
      top[1] + drop * 0.62,
      top[0] - reach * 0.75,
      top[1] + drop * 0.4,
      top[0],
      top[1],
    )
    .close();
  const end = Math.min(height, base + unit * 0.32);
  const shade = between(color, palette.near, 0.35);
  return [
    { path: whole, paint: down(top[1], end, ramp([lit, color], 2)) },
    { path: flank, paint: down(top[1], end, ramp([tone(shade, -0.2), between(shade, color, 0.4)], 2)) },
  ];
}
