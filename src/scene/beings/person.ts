import type { Oklch } from '../../color/oklch.ts';
import { tone } from '../colors/mixing.ts';
import type { Shape } from '../drawing.ts';
import { Path } from '../path.ts';
import type { Random } from '../random.ts';
import { lch, paint, pair } from '../shade.ts';
import { clothes } from './clothes.ts';
import { type Hair, SCARF, SHAVED, STYLES } from './hair.ts';

const SKINS: readonly [Oklch, ...Oklch[]] = [
  lch(0.9, 0.045, 60),
  lch(0.85, 0.06, 58),
  lch(0.78, 0.075, 60),
  lch(0.68, 0.08, 56),
  lch(0.55, 0.075, 52),
  lch(0.43, 0.06, 48),
];

const HAIRS: readonly [Oklch, ...Oklch[]] = [
  lch(0.22, 0.015, 40),
  lch(0.3, 0.04, 45),
  lch(0.42, 0.065, 48),
  lch(0.58, 0.12, 45),
  lch(0.8, 0.1, 82),
  lch(0.72, 0.008, 250),
  lch(0.93, 0.006, 90),
];

/** Colours of one person. */
interface Looks {
  readonly skin: Oklch;
  readonly hair: Oklch;
  readonly brow: Oklch;
  readonly cloth: Oklch;
}

/** Chooses colours that people have, or tints of given ones. */
function looksOf(random: Random, colors: readonly Oklch[], isScarf: boolean, isGiven: boolean): Looks {
  const shade = random.int(0, SKINS.length - 1);
  // Dark skin comes with dark hair, or with grey.
  const natural = HAIRS[shade < 3 ? random.int(0, HAIRS.length - 1) : random.pick([0, 0, 1, 2, 5])] as Oklch;
  const cloth = random.pick(colors);
  const other = colors[(colors.indexOf(cloth) + 1) % colors.length] as Oklch;
  const hair = isGiven ? tone(colors.at(-1) as Oklch, -0.3) : natural;
  const scarf = isGiven ? other : { l: 0.74, c: 0.085, h: other.h };
  return {
    skin: isGiven ? tone(colors[0] as Oklch, 0.55) : (SKINS[shade] as Oklch),
    hair: isScarf ? scarf : hair,
    brow: tone(hair, hair.l > 0.7 ? -0.25 : 0),
    cloth,
  };
}

const HEAD = new Path()
  .move(-0.64, -0.1)
  .curve(-0.64, -0.56, -0.4, -0.8, 0, -0.8)
  .curve(0.4, -0.8, 0.64, -0.56, 0.64, -0.1)
  .curve(0.64, 0.4, 0.38, 0.78, 0, 0.78)
  .curve(-0.38, 0.78, -0.64, 0.4, -0.64, -0.1)
  .close();

const BEARD = new Path()
  .move(-0.64, 0)
  .curve(-0.62, 0.5, -0.4, 0.86, 0, 0.86)
  .curve(0.4, 0.86, 0.62, 0.5, 0.64, 0)
  .curve(0.56, 0.22, 0.44, 0.28, 0.3, 0.26)
  .curve(0.1, 0.2, -0.1, 0.2, -0.3, 0.26)
  .curve(-0.44, 0.28, -0.56, 0.22, -0.64, 0)
  .close();

const NOSE = new Path()
  .move(-0.02, 0.02)
  .curve(-0.04, 0.14, -0.09, 0.17, -0.05, 0.2)
  .curve(0, 0.225, 0.06, 0.215, 0.07, 0.19)
  .curve(0.03, 0.2, -0.01, 0.19, -0.02, 0.16)
  .close();

const LAUGH = new Path()
  .move(-0.2, 0.38)
  .curve(-0.1, 0.42, 0.1, 0.42, 0.2, 0.38)
  .curve(0.16, 0.56, -0.16, 0.56, -0.2, 0.38)
  .close();

const SMILE = new Path()
  .move(-0.19, 0.39)
  .curve(-0.1, 0.5, 0.1, 0.5, 0.19, 0.39)
  .curve(0.1, 0.46, -0.1, 0.46, -0.19, 0.39)
  .close();

const EYES = pair((s) => new Path().ellipse(s * 0.27, -0.04, 0.062, 0.075));
const LIGHTS = pair((s) => new Path().circle(s * 0.27 + 0.02, -0.065, 0.02));
const EARS = pair((s) => new Path().ellipse(s * 0.65, 0.02, 0.11, 0.16));
const CHEEKS = pair((s) => new Path().ellipse(s * 0.38, 0.27, 0.13, 0.085));
const BROWS = pair((s) =>
  new Path().roundRect(-0.12, -0.022, 0.24, 0.044, 0.022).placed(s * 0.28, -0.22, s * 0.03),
);

/** Eyes, brows, nose and mouth. */
function features(random: Random, { skin, brow }: Looks): Shape[] {
  const line = tone(skin, -0.32);
  return [
    paint(EYES, lch(0.24, 0.03, 40)),
    paint(LIGHTS, lch(1, 0, 0), 0.9),
    paint(BROWS, brow, 0.9),
    paint(NOSE, line, 0.8),
    random.chance(0.6) ? paint(LAUGH, lch(0.98, 0.005, 60)) : paint(SMILE, tone(line, -0.3)),
  ];
}

/**
 * Head and shoulders of a person who does not exist, around the middle of the head, which is about 1.3 wide; the
 * shoulders reach down to 2.7.
 * @param colors of clothes
 */
export function person(random: Random, colors: readonly [Oklch, ...Oklch[]], isGiven = false): Shape[] {
  const style = random.int(0, STYLES.length - 1);
  const isScarf = style === SCARF;
  const looks = looksOf(random, colors, isScarf, isGiven);
  const { skin, hair, cloth } = looks;
  const { back, front } = STYLES[style] as Hair;
  const [hasGlasses, hasBeard, blushes] = [random.chance(0.25), random.chance(0.4), random.chance(0.5)];
  return [
    ...(back ? [paint(back(), tone(hair, -0.15))] : []),
    ...clothes(random, cloth, skin),
    ...(isScarf ? [] : [paint(EARS, tone(skin, -0.08))]),
    paint(HEAD, skin),
    ...(blushes ? [paint(CHEEKS, lch(0.68, 0.15, 22), 0.32)] : []),
    ...(hasBeard && !back ? [paint(BEARD, hair)] : []),
    ...features(random, looks),
    paint(front(), style === SHAVED ? tone(hair, 0.05) : hair, style === SHAVED ? 0.85 : 1),
    ...(hasGlasses ? [paint(glasses(), lch(0.25, 0.02, 250), 0.95)] : []),
  ];
}

/** Round spectacles: rings and a bridge. */
function glasses(): Path {
  const ring = (s: number): Path => {
    const [x, y, r, k] = [s * 0.28, -0.03, 0.155, 0.0856];
    return new Path()
      .circle(x, y, 0.19)
      .move(x - r, y)
      .curve(x - r, y + k, x - k, y + r, x, y + r)
      .curve(x + k, y + r, x + r, y + k, x + r, y)
      .curve(x + r, y - k, x + k, y - r, x, y - r)
      .curve(x - k, y - r, x - r, y - k, x - r, y)
      .close();
  };
  return pair(ring)
    .add(new Path().rect(-0.1, -0.055, 0.2, 0.035))
    .add(pair((s) => new Path().rect(s > 0 ? 0.46 : -0.64, -0.06, 0.18, 0.035)));
}
