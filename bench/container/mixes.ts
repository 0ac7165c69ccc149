/** Targets that differ from each other, made of a row of numbers from 0 up to 1. */
export type Mix = (random: () => number) => string;

const pick = <T>(random: () => number, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)] as T;

const THAI = 'ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำแน่นอน'.repeat(7).slice(0, 290);

/** What makes a picture dear to draw. */
const DEAR = [
  'bg=red-blue-green&angle=30&radius=20',
  'pattern=dots&radius=50%25&border=4',
  'scene=hills',
  'scene=skyline',
  'scene=bokeh',
  'scene=mesh&blur=8',
  `text=${encodeURIComponent(THAI)}`,
  `text=${encodeURIComponent('😀🎉👩‍👩‍👧'.repeat(20))}`,
  `text=${encodeURIComponent('漢字かな한글'.repeat(30))}`,
  'icon=image',
] as const;
const FORMATS = ['png', 'jpg', 'webp', 'avif', 'gif', 'svg'] as const;

/** What is drawn into a limit of memory. */
export const MIXES = {
  /** The costliest pictures of all formats, each of up to 16 megapixels. */
  dearest: (random) => {
    const [width, height] = [1000, 1000].map((least) => least + Math.floor(random() * 1001));
    const scale = pick(random, [1, 1, 1, 2]);
    return `/image/${width}x${height}@${scale}x.${pick(random, FORMATS)}?${pick(random, DEAR)}`;
  },
  /** Cold PNGs of 1000 to 2000 px and nothing else. */
  large: (random) => {
    const [width, height] = [1000, 1000].map((least) => least + Math.floor(random() * 1001));
    return `/image/${width}x${height}`;
  },
  /** Default labels of usual sizes. */
  labels: (random) => {
    const [width, height] = [100, 100].map((least) => least + Math.floor(random() * 1101));
    return `/image/${width}x${height}`;
  },
} as const satisfies Record<string, Mix>;

export type MixName = keyof typeof MIXES;
