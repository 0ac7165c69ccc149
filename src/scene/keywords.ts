import type { SceneName } from './scenes.ts';

/** What a photo service's keyword is drawn as: a scene, and colours if the word implies some. */
export interface Depicted {
  readonly scene: SceneName;
  /** As the option `bg` takes them. */
  readonly bg?: string;
}

const NIGHT = '0b1026-1e2a5a-5b6fb0-f5e6a8';

const SUNSET = '3b1d4f-c2416b-ff9a5a-ffe0a3';

const AUTUMN = '5a2a14-b5541c-e0a458-f7ead2';

const WINTER = '2c4a63-7fa3bd-c9dde8-f6fafc';

const SPRING = '4d6b3c-9cc27a-f3b7c8-fdf1ee';

/** Words by what they are drawn as: first the services' categories, then words that are frequent in pages. */
const TABLE: readonly (readonly [Depicted, string])[] = [
  [
    { scene: 'hills' },
    'nature landscape landscapes outdoors countryside field fields meadow farm grass green park travel hiking road country tree trees valley',
  ],
  [{ scene: 'mountains' }, 'mountain mountains alps peak peaks lake lakes climbing ski adventure'],
  [{ scene: 'mountains', bg: WINTER }, 'snow winter ice cold christmas'],
  [{ scene: 'forest' }, 'forest forests wood woods jungle pine camping wilderness fog mist'],
  [{ scene: 'forest', bg: AUTUMN }, 'autumn fall leaves october'],
  [{ scene: 'hills', bg: SPRING }, 'spring flower flowers garden blossom plant plants floral'],
  [{ scene: 'desert' }, 'desert dunes sand canyon africa'],
  [{ scene: 'waves' }, 'sea ocean water wave waves boat sailing ship river surf blue transport'],
  [{ scene: 'waves', bg: SUNSET }, 'sunset sunrise dusk dawn evening'],
  [
    { scene: 'beach' },
    'beach beaches summer holiday holidays vacation coast island swimming tropical sun sports',
  ],
  [
    { scene: 'skyline' },
    'city cities urban street building buildings town skyline downtown arch architecture house houses home real-estate office hotel interior restaurant industry paris london newyork tokyo',
  ],
  [{ scene: 'skyline', bg: NIGHT }, 'night nightlife dark'],
  [
    { scene: 'food' },
    'food drink drinks meal cooking kitchen fruit fruits vegetable vegetables pizza burger coffee cake breakfast lunch dinner dessert recipe drink-food',
  ],
  [
    { scene: 'people' },
    'people person family friends team man men woman women girl boy kids children crowd couple fashion wedding model',
  ],
  [{ scene: 'portrait' }, 'portrait face faces avatar user profile selfie'],
  [
    { scene: 'desk' },
    'tech technology technics computer computers laptop code business work workspace work-space desk device devices phone mobile internet web startup school education book books study writing minimal',
  ],
  [{ scene: 'robot' }, 'robot robots ai cyber'],
  [{ scene: 'animals' }, 'animal animals pet pets wildlife zoo fox rabbit owl bird birds'],
  [{ scene: 'cat' }, 'cat cats kitten kittens kitty'],
  [{ scene: 'dog' }, 'dog dogs puppy puppies'],
  [{ scene: 'bear' }, 'bear bears'],
  [{ scene: 'space' }, 'space galaxy universe planet planets stars moon astronomy science sky'],
  [{ scene: 'bokeh' }, 'light lights party music concert festival bokeh celebration birthday event'],
  [
    { scene: 'shapes' },
    'shapes geometric geometry art design pattern patterns texture textures any decoration furniture',
  ],
  [
    { scene: 'mesh' },
    'abstract gradient gradients background backgrounds wallpaper wallpapers colour colours color colors blurry experimental',
  ],
  [{ scene: 'marble' }, 'marble stone paint watercolor ink'],
];

/** What every known keyword is drawn as; keywords in lower case. */
export const KEYWORDS: ReadonlyMap<string, Depicted> = new Map(
  TABLE.flatMap(([depicted, words]) => words.split(' ').map((word) => [word, depicted] as const)),
);

/** What photographs without a keyword show; likelier scenes are repeated. */
const USUAL = [
  'hills',
  'mountains',
  'waves',
  'forest',
  'skyline',
  'desert',
  'hills',
  'beach',
  'mountains',
  'waves',
] as const;

/**
 * Chooses what a photograph is drawn as.
 * @param words keywords or tags; the first known one counts
 * @param seed chooses if no word is known
 */
export function depict(words: readonly string[], seed: string): Depicted {
  for (const word of words) {
    const known = KEYWORDS.get(word.trim().toLowerCase());
    if (known) return known;
  }
  let sum = 0;
  for (let i = 0; i < seed.length; i++) sum = (Math.imul(sum, 31) + seed.charCodeAt(i)) >>> 0;
  return { scene: USUAL[sum % USUAL.length] as SceneName };
}
