import { type FontSpec, fixed, variable } from '../options/font-table.ts';

/** Families that may be left out of an install: they are most of its weight. */
const CHINESE_SIMPLIFIED = variable('noto-sans-sc');
const CHINESE_TRADITIONAL = variable('noto-sans-tc');
const JAPANESE = variable('noto-sans-jp');
const KOREAN = variable('noto-sans-kr');

/** Families that are asked in turn for what the label's own does not have. */
const SCRIPTS: readonly FontSpec[] = [
  variable('inter'),
  variable('noto-sans'),
  variable('noto-sans-arabic'),
  variable('noto-sans-hebrew'),
  variable('noto-sans-devanagari'),
  variable('noto-sans-bengali'),
  variable('noto-sans-tamil'),
  variable('noto-sans-thai'),
  variable('noto-sans-georgian'),
  variable('noto-sans-armenian'),
];

const SYMBOLS: readonly FontSpec[] = [
  variable('noto-sans-symbols'),
  fixed('noto-sans-symbols-2', 400),
  fixed('noto-sans-math', 400),
];

/** Han is written with other strokes from place to place: kana and hangul tell where, else it is taken as Chinese. */
const HAN: readonly {
  readonly order: string;
  readonly when: RegExp;
  readonly families: readonly FontSpec[];
}[] = [
  {
    order: 'japanese',
    when: /[\p{sc=Hira}\p{sc=Kana}]/u,
    families: [JAPANESE, CHINESE_SIMPLIFIED, CHINESE_TRADITIONAL, KOREAN],
  },
  {
    order: 'korean',
    when: /\p{sc=Hang}/u,
    families: [KOREAN, JAPANESE, CHINESE_TRADITIONAL, CHINESE_SIMPLIFIED],
  },
  { order: 'chinese', when: /(?:)/u, families: [CHINESE_SIMPLIFIED, CHINESE_TRADITIONAL, JAPANESE, KOREAN] },
];

/** The families to ask for the characters of a text, after the label's own, and the name of that order. */
export function fallbacksFor(text: string): { order: string; fallbacks: readonly FontSpec[] } {
  const { order, families } = HAN.find(({ when }) => when.test(text)) as (typeof HAN)[number];
  return { order, fallbacks: [...SCRIPTS, ...families, ...SYMBOLS] };
}
