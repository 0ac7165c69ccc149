import type { OptionName } from './values.ts';

// What people write who know an option from CSS or from another service. It is refused, but the error can say what to
// write instead.

type Words = Readonly<Record<string, string>>;

/** Words for a value, without spaces, hyphens and underscores. */
const WORDS: { readonly [Name in OptionName]?: Words } = {
  // The names of CSS Fonts 4, 2.2, and of OpenType.
  weight: {
    thin: '100',
    hairline: '100',
    extralight: '200',
    ultralight: '200',
    light: '300',
    lighter: '300',
    normal: '400',
    regular: '400',
    book: '400',
    medium: '500',
    semibold: '600',
    demibold: '600',
    bolder: 'bold',
    strong: 'bold',
    extrabold: '800',
    ultrabold: '800',
    black: '900',
    heavy: '900',
  },
  font: {
    sansserif: 'inter',
    systemui: 'inter',
    arial: 'inter',
    helvetica: 'inter',
    helveticaneue: 'inter',
    verdana: 'open-sans',
    serif: 'lora',
    georgia: 'lora',
    times: 'lora',
    timesnewroman: 'lora',
    mono: 'jetbrains-mono',
    monospace: 'jetbrains-mono',
    courier: 'jetbrains-mono',
    couriernew: 'jetbrains-mono',
    robotomono: 'jetbrains-mono',
    jetbrains: 'jetbrains-mono',
    noto: 'noto-sans',
    opensans: 'open-sans',
    playfair: 'playfair-display',
    playfairdisplay: 'playfair-display',
    ptsans: 'pt-sans',
    sourcesans: 'source-sans-3',
    sourcesans3: 'source-sans-3',
    sourcesanspro: 'source-sans-3',
  },
  lang: { jp: 'ja', japanese: 'ja', kr: 'ko', korean: 'ko', cn: 'zh-hans', chinese: 'zh-hans', urdu: 'ur' },
  radius: { rounded: '8', round: '50%', circle: '50%', circular: '50%', full: '50%', pill: '50%', true: '8' },
  border: { thin: '1', medium: '3', thick: '5', solid: '1', true: '1', yes: '1', on: '1' },
  pattern: {
    lines: 'stripes',
    diagonal: 'stripes',
    striped: 'stripes',
    dotted: 'dots',
    checkerboard: 'checker',
    checked: 'checker',
    chess: 'checker',
    squares: 'grid',
    x: 'cross',
    no: 'none',
    off: 'none',
    false: 'none',
  },
  scene: {
    city: 'skyline',
    ocean: 'waves',
    sea: 'waves',
    nature: 'hills',
    landscape: 'hills',
    gradient: 'mesh',
    abstract: 'mesh',
  },
  icon: {
    photo: 'image',
    picture: 'image',
    person: 'user',
    close: 'x',
    gear: 'settings',
    email: 'mail',
    delete: 'trash',
  },
  scale: { retina: '2' },
  angle: {
    top: '0',
    totop: '0',
    horizontal: '90',
    right: '90',
    toright: '90',
    vertical: '180',
    bottom: '180',
    tobottom: '180',
    left: '270',
    toleft: '270',
    totopright: '45',
    tobottomright: '135',
    tobottomleft: '225',
    totopleft: '315',
  },
};

/** Words for 0, where an option takes it. */
const NOTHING = ['none', 'no', 'off', 'false'];
/** Words for the default: no value says that. */
const DEFAULT = [...NOTHING, 'auto', 'default', 'normal', 'initial', 'inherit', 'unset', 'null', 'undefined'];

/** Words that are the places of {@link align}. */
const PLACE =
  /^(?:(?:flex|top|bottom|left|right|start|end|upper|lower|north|south|west|east|cent(?:er|re)(?:ed|d)?|middle|mid)[\s_-]*)+$/;

/** `top-left` for `left top`, `northwest` and `topLeft`; `left` for `middle-left`, `center` for `middle`. */
function align(word: string): string[] {
  if (!PLACE.test(word)) return [];
  const vertical = /top|upper|north/.test(word) ? 'top' : /bottom|lower|south/.test(word) ? 'bottom' : '';
  const horizontal = /left|west|start/.test(word) ? 'left' : /right|east|end/.test(word) ? 'right' : '';
  return [[vertical, horizontal].filter(Boolean).join('-') || 'center'];
}

const TRADITIONAL = ['hant', 'tw', 'hk', 'mo'];

/** `zh-hant` for `zh-TW`, `ja` for `ja-JP` (BCP 47). */
function lang(word: string): string[] {
  const [language = '', ...rest] = word.split(/[-_]/);
  if (language === 'tw' || language === 'hk') return ['zh-hant'];
  if (language !== 'zh') return [language];
  return [rest.some((part) => TRADITIONAL.includes(part)) ? 'zh-hant' : 'zh-hans'];
}

/** The first family of a list, without quotes, and without the words after its name: `Inter Bold, sans-serif`. */
function font(word: string): string[] {
  const [family = ''] = word.replace(/["']/g, '').split(',');
  const words = family.trim().split(/[\s_-]+/);
  return words.map((_, at) => words.slice(0, words.length - at).join('-'));
}

const TURN = 360;

/** Degrees for `-45`, `450`, `0.25turn` and `90°`. */
function angle(word: string): string[] {
  const [, number, unit] = /^(-?\d{0,6}(?:\.\d{1,4})?)(deg|turn|°)?$/.exec(word) ?? [];
  const degrees = Number(number || Number.NaN) * (unit === 'turn' ? TURN : 1);
  return [String(((degrees % TURN) + TURN) % TURN)];
}

/** The four corners of a list as CSS has it, with spaces, or with two or three values (CSS Backgrounds 3, 4.1). */
function radius(word: string): string[] {
  const corners = word.replace(/(?<=\d)px/g, '').split(/[\s,/]+/);
  const [a, b = a, c = a, d = b] = corners;
  const [, number] = /^(\d{1,9})(?:px)?$/.exec(word) ?? [];
  // A radius over all bounds makes a pill in CSS.
  return [corners.length === 1 ? '' : [a, b, c, d].join(), Number(number) > 2000 ? '50%' : ''];
}

/** `2,red` for `2px solid red`, and for `red` with a width of 1. */
function border(word: string): string[] {
  const words = word.split(/[\s,]+/).filter((one) => !/^(?:solid|dashed|dotted|double)$/.test(one));
  const widths = words.filter((one) => /^\d+(?:px)?$/.test(one)).map((one) => Number.parseInt(one, 10));
  const colors = words.filter((one) => !/^\d+(?:px)?$/.test(one));
  return [[widths[0] ?? 1, ...colors].join()];
}

/** `dots,red` for `dots-red`, `dots red` and `red,dots`. */
function pattern(word: string): string[] {
  const [first = '', ...rest] = word.split(/[\s:;,-]+/);
  return [[first, ...rest].join(), [...rest, first].join()];
}

/** Other ways to write the values of an option. */
const FORMS: { readonly [Name in OptionName]?: (word: string) => readonly string[] } = {
  align,
  lang,
  font,
  angle,
  radius,
  border,
  pattern,
  icon: (word) => [word.replace(/^(?:lucide|fa|icon)[-:]/, ''), word.replace(/[\s_]+/g, '-')],
  quality: (word) => [word.replace(/ ?%$/, '')],
  scale: (word) => [word.replace(/^@(\d)x$/, '$1')],
};

/** Any language that needs no forms of its own. */
const OTHER_LANGUAGE = /^[a-z]{2,3}(?:[-_][a-z\d]{2,8})*$/;

const UNIT = /(?<=\d)(?:px|pt|deg|x)(?=,|$)/g;

/** Longest value that a hint is looked for, in characters. */
const LONGEST = 60;

/**
 * What to write instead of a bad value; undefined where that cannot be told.
 * @param isGood whether the option takes a value: only such a value is proposed
 */
export function habitHint(
  name: OptionName,
  value: string,
  isGood: (candidate: string) => boolean,
): string | undefined {
  const word = value.trim().toLowerCase();
  if (word === '' || word.length > LONGEST) return undefined;
  const words = WORDS[name] ?? {};
  const joined = word.replace(/[\s_-]+/g, '');
  const candidates = [
    Object.hasOwn(words, joined) ? words[joined] : undefined,
    NOTHING.includes(word) ? '0' : undefined,
    word.replace(UNIT, ''),
    word.replace(/\.0+$/, ''),
    ...(FORMS[name]?.(word) ?? []),
  ];
  const found = candidates.find((one) => one !== undefined && one !== word && isGood(one));
  if (found !== undefined) return `write ${found}`;
  const isDefault = DEFAULT.includes(word) || (name === 'lang' && OTHER_LANGUAGE.test(word));
  return isDefault ? `leave ${name} out` : undefined;
}
