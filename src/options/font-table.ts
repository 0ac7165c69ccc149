/** One bundled family. */
export interface FontSpec {
  /** The package that holds it. */
  readonly package: string;
  /** Weights: the two ends of a variable font's axis, or every weight that a static one has. */
  readonly weights: readonly number[];
  readonly variable: boolean;
  /** The files to use where the package lists no subsets or wrong ones. */
  readonly files?: readonly string[];
  /** The family whose figures replace its own old-style ones, which would dance up and down. */
  readonly figures?: FontSpec;
}

/** A variable font, by the name of its package, and the two ends of its axis of weight. */
export const variable = (name: string, lightest = 100, boldest = 900): FontSpec => ({
  package: `@fontsource-variable/${name}`,
  weights: [lightest, boldest],
  variable: true,
});

/** A family of static fonts, by the name of its package, and its weights. */
export const fixed = (name: string, ...weights: number[]): FontSpec => ({
  package: `@fontsource/${name}`,
  weights,
  variable: false,
});

const LORA = variable('lora', 400, 700);
const MONTSERRAT = variable('montserrat', 100, 900);

const TABLE = {
  inter: variable('inter', 100, 900),
  lato: fixed('lato', 100, 300, 400, 700, 900),
  lora: LORA,
  montserrat: MONTSERRAT,
  'noto-sans': variable('noto-sans', 100, 900),
  'open-sans': variable('open-sans', 300, 800),
  oswald: variable('oswald', 200, 700),
  'playfair-display': { ...variable('playfair-display', 400, 900), figures: LORA },
  poppins: fixed('poppins', 100, 200, 300, 400, 500, 600, 700, 800, 900),
  'pt-sans': fixed('pt-sans', 400, 700),
  raleway: { ...variable('raleway', 100, 900), figures: MONTSERRAT },
  roboto: variable('roboto', 100, 900),
  'source-sans-3': variable('source-sans-3', 200, 900),
  'jetbrains-mono': variable('jetbrains-mono', 100, 800),
} as const satisfies Record<string, FontSpec>;

export type FontName = keyof typeof TABLE;

/** The families that a label may ask for. */
export const FONTS: Readonly<Record<FontName, FontSpec>> = TABLE;

export const FONT_NAMES = Object.keys(FONTS) as FontName[];

export const DEFAULT_FONT: FontName = 'inter';

/** Former names of families. */
const ALIASES: Readonly<Record<string, FontName>> = { 'source-sans-pro': 'source-sans-3' };

/** The family that a name means, in any case and with spaces or dashes; undefined for none. */
export function fontNamed(name: string): FontName | undefined {
  const key = name.trim().toLowerCase().replaceAll(' ', '-');
  return FONT_NAMES.find((font) => font === key) ?? (Object.hasOwn(ALIASES, key) ? ALIASES[key] : undefined);
}

/** The family's nearest weight: on a variable font's axis, or of a static font's weights, the bolder of two as near. */
export function nearestWeight(font: FontName, weight: number): number {
  const { weights, variable: hasAxis } = FONTS[font];
  if (hasAxis) return Math.min(Math.max(weight, weights[0] as number), weights.at(-1) as number);
  return weights.reduce((best, one) => (Math.abs(one - weight) <= Math.abs(best - weight) ? one : best));
}
