import { FONTS, type FontSpec, fixed, variable } from '../options/font-table.ts';

/** A family, and the characters that it is asked for; without a condition, all of them. */
export interface Fallback {
  readonly family: FontSpec;
  readonly when?: RegExp;
}

/** A family for certain characters only. */
const only = (when: RegExp, family: FontSpec): Fallback => ({ family, when });

const NASTALIQ = variable('noto-nastaliq-urdu', 400, 700);

/** The whole of Inter in one file: it may be left out of an install. */
const INTER: FontSpec = {
  ...variable('inter'),
  package: 'inter-ui',
  files: ['variable/InterVariable.woff2'],
};

/** Marks that are used with letters of any script. */
const MARK = /[\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F\u0300-\u036F]/;

/** Families that are asked first for a character that the label's own family lacks. */
const COMMON: readonly Fallback[] = [
  variable('noto-sans'),
  variable('noto-sans-arabic'),
  variable('noto-sans-hebrew'),
  variable('noto-sans-devanagari'),
  variable('noto-sans-bengali'),
  variable('noto-sans-tamil'),
  variable('noto-sans-thai'),
  variable('noto-sans-georgian'),
  variable('noto-sans-armenian'),
].map((family) => ({ family }));

/** One family per script. Those after Ethiopic may be left out of an install. */
const SCRIPTS: readonly Fallback[] = [
  only(/\p{sc=Telu}/u, variable('noto-sans-telugu')),
  only(/\p{sc=Knda}/u, variable('noto-sans-kannada')),
  only(/\p{sc=Mlym}/u, variable('noto-sans-malayalam')),
  only(/\p{sc=Gujr}/u, variable('noto-sans-gujarati')),
  only(/\p{sc=Guru}/u, variable('noto-sans-gurmukhi')),
  only(/\p{sc=Orya}/u, variable('noto-sans-oriya')),
  only(/\p{sc=Sinh}/u, variable('noto-sans-sinhala')),
  only(/\p{sc=Khmr}/u, variable('noto-sans-khmer')),
  only(/\p{sc=Laoo}/u, variable('noto-sans-lao')),
  only(/\p{sc=Mymr}/u, variable('noto-sans-myanmar')),
  only(/\p{sc=Ethi}/u, variable('noto-sans-ethiopic')),
  only(/\p{sc=Tibt}/u, variable('noto-serif-tibetan')),
  only(/[\p{sc=Mong}\u1802\u1803\u1805]/u, fixed('noto-sans-mongolian', 400)),
  only(/\p{sc=Cher}/u, variable('noto-sans-cherokee')),
  only(/\p{sc=Cans}/u, variable('noto-sans-canadian-aboriginal')),
  only(/\p{sc=Nkoo}/u, fixed('noto-sans-nko', 400)),
  only(/\p{sc=Syrc}/u, variable('noto-sans-syriac')),
  only(/\p{sc=Thaa}/u, variable('noto-sans-thaana')),
  only(/\p{sc=Tfng}/u, fixed('noto-sans-tifinagh', 400)),
  only(/[\p{sc=Java}\uA9CF]/u, variable('noto-sans-javanese', 400, 700)),
  only(/\p{sc=Bali}/u, variable('noto-sans-balinese', 400, 700)),
  only(/\p{sc=Yiii}/u, fixed('noto-sans-yi', 400)),
  only(/\p{sc=Vaii}/u, fixed('noto-sans-vai', 400)),
  only(/\p{sc=Adlm}/u, variable('noto-sans-adlam', 400, 700)),
  only(/\p{sc=Olck}/u, variable('noto-sans-ol-chiki', 400, 700)),
  only(/\p{sc=Mtei}/u, variable('noto-sans-meetei-mayek')),
  only(/\p{sc=Bamu}/u, variable('noto-sans-bamum', 400, 700)),
  only(/\p{sc=Cham}/u, variable('noto-sans-cham')),
  only(/\p{sc=Hmnp}/u, fixed('noto-serif-nyiakeng-puachue-hmong', 400)),
  only(/\p{sc=Kali}/u, variable('noto-sans-kayah-li', 400, 700)),
  only(/\p{sc=Lana}/u, variable('noto-sans-tai-tham', 400, 700)),
  only(/\p{sc=Lepc}/u, fixed('noto-sans-lepcha', 400)),
  only(/\p{sc=Limb}/u, fixed('noto-sans-limbu', 400)),
  only(/\p{sc=Lisu}/u, variable('noto-sans-lisu', 400, 700)),
  only(/\p{sc=Newa}/u, fixed('noto-sans-newa', 400)),
  only(/\p{sc=Osge}/u, fixed('noto-sans-osage', 400)),
  only(/\p{sc=Plrd}/u, fixed('noto-sans-miao', 400)),
  only(/\p{sc=Rohg}/u, variable('noto-sans-hanifi-rohingya', 400, 700)),
  only(/\p{sc=Saur}/u, fixed('noto-sans-saurashtra', 400)),
  only(/\p{sc=Sund}/u, variable('noto-sans-sundanese', 400, 700)),
  only(/\p{sc=Sylo}/u, fixed('noto-sans-syloti-nagri', 400)),
  only(/\p{sc=Tale}/u, fixed('noto-sans-tai-le', 400)),
  only(/\p{sc=Talu}/u, variable('noto-sans-new-tai-lue', 400, 700)),
  only(/\p{sc=Tavt}/u, fixed('noto-sans-tai-viet', 400)),
  only(/[\u{1D000}-\u{1D24F}]/u, fixed('noto-music', 400)),
];

/**
 * One character, or a grapheme without a mark of other scripts. A letter should keep its own font under a mark: the mark
 * alone comes from another.
 */
const UNDER_NO_MARK = new RegExp(`^(?!..*${MARK.source})`, 'su');

const SYMBOLS: readonly Fallback[] = [
  { family: variable('noto-sans-symbols') },
  only(UNDER_NO_MARK, fixed('noto-sans-symbols-2', 400)),
  { family: INTER },
  only(UNDER_NO_MARK, variable('open-sans', 300, 800)),
  only(UNDER_NO_MARK, {
    ...fixed('noto-sans-math', 400),
    // Its list of subsets promises only Latin, but the file has two thousand symbols.
    files: ['files/noto-sans-math-latin-400-normal.woff2'],
  }),
];

/** Families that are asked last, for characters outside of their main purpose. */
const LAST: readonly Fallback[] = [...SCRIPTS.map(({ family }) => family), ...Object.values(FONTS)].map(
  (family) => only(UNDER_NO_MARK, family),
);

/** Families of Han, kana and hangul, most of an install's weight: they may be left out of it. */
const CHINESE_SIMPLIFIED = variable('noto-sans-sc');
const CHINESE_TRADITIONAL = variable('noto-sans-tc');
const JAPANESE = variable('noto-sans-jp');
const KOREAN = variable('noto-sans-kr');

/** The regional forms of Han, which differ in their strokes, and the language that each is for. */
const HAN = {
  ja: [JAPANESE, CHINESE_SIMPLIFIED, CHINESE_TRADITIONAL, KOREAN],
  ko: [KOREAN, JAPANESE, CHINESE_TRADITIONAL, CHINESE_SIMPLIFIED],
  'zh-hans': [CHINESE_SIMPLIFIED, CHINESE_TRADITIONAL, JAPANESE, KOREAN],
  'zh-hant': [CHINESE_TRADITIONAL, CHINESE_SIMPLIFIED, JAPANESE, KOREAN],
} as const satisfies Record<string, readonly FontSpec[]>;

/** The graphemes that they are asked for: those without a mark of other scripts. */
const UNMARKED = new RegExp(`^(?!.*${MARK.source})`, 's');

/** Letters of a single language, which show the form that the shared ones should have. */
const TOLD: readonly { readonly when: RegExp; readonly lang: keyof typeof HAN }[] = [
  { when: /[\p{sc=Hira}\p{sc=Kana}]/u, lang: 'ja' },
  { when: /\p{sc=Hang}/u, lang: 'ko' },
  { when: /(?:)/u, lang: 'zh-hans' },
];

/** Decides the order in which families are asked: the form of Han, and whether Arabic is Urdu. */
export type Order = `${keyof typeof HAN}${'' | ' ur'}`;

/**
 * The order for a text.
 * @param lang the language that it was given; by default its letters tell
 */
export function orderFor(text: string, lang: string | undefined): Order {
  if (lang !== undefined && Object.hasOwn(HAN, lang)) return lang as keyof typeof HAN;
  const told = TOLD.find(({ when }) => when.test(text)) as (typeof TOLD)[number];
  return lang === 'ur' ? `${told.lang} ur` : told.lang;
}

/** The families to ask, after the label's own. */
export function fallbacksIn(order: Order): readonly Fallback[] {
  const [han, urdu] = order.split(' ') as [keyof typeof HAN, string?];
  return [
    ...(urdu ? [only(/\p{sc=Arab}/u, NASTALIQ)] : []),
    { family: variable('inter') },
    only(MARK, INTER),
    ...COMMON,
    ...SCRIPTS,
    ...HAN[han].map((family) => only(UNMARKED, family)),
    ...SYMBOLS,
    ...LAST,
  ];
}
