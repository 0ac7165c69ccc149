import { type Format, formatOf } from '../../formats.ts';
import { box } from '../shared/box.ts';
import { colorOf } from '../shared/color.ts';
import { readRest } from '../shared/segments.ts';
import { checkSize, readSize, type Size, sideOf, sizeOf } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';
import { KEYWORDS } from './dummyimage-sizes.ts';

const FORMS = ['/{W}x{H}/{bg}/{fg}.{ext}', '/{W}x{a}:{b}', '/{keyword}', '&text='];
const BOUNDS = { min: 1, max: 9999, area: 33_177_600 };

/** The formats that an extension may name, anywhere in the path. */
const EXTENSION = /\.(?:webp|gif|jpe?g|png)/;

/** Drops unknown extensions too, so that they do not spoil a size or a colour: Mockaroo writes `125x125.bmp`. */
const withoutExtension = (text: string): string => text.replace(/\.[a-z]\w*$/, '');

/** Some pages end a path in a file name of their own: `/600x400/fff/hero.png`. */
const isFileName = (text: string): boolean =>
  EXTENSION.test(text) && !/^[\d.]/.test(text) && colorOf(text.replace(EXTENSION, '')) === undefined;

const ratioOf = (text: string): number => {
  const [across = '', down = ''] = text.split(':');
  return Number(across) / Number(down);
};

/** `640x4:3` and `16:9x1080`: the ratio becomes a side, rounded. */
function withRatio(text: string): Size | undefined {
  const [first = '', second = ''] = text.split('x');
  const [width, height] = [sideOf(first), sideOf(second)];
  if (width !== undefined) return { width, height: Math.round(width / ratioOf(second)) };
  return height === undefined ? undefined : { width: Math.round(height * ratioOf(first)), height };
}

function readAny(text: string): Size {
  const ratio = text.includes(':') ? withRatio(text) : undefined;
  if (ratio && Number.isFinite(ratio.width + ratio.height)) return checkSize(ratio, BOUNDS);
  return readSize(KEYWORDS.get(text) ?? text, BOUNDS);
}

/** dummyimage.com. Its path is read in lower case, and the first extension in it is the format. */
export const dummyimage = box({
  hosts: ['dummyimage.com'],
  forms: FORMS,
  examples: [
    '/600x400',
    '/300/09f/fff.png',
    '/640x4:3',
    '/leaderboard/000/fff&text=Two|lines',
    '/300.gif/09f',
  ],
  params: ['text'],
  bg: 'cccccc',
  fg: '000000',
  format: 'png',
  label: ({ width, height }) => `${width} × ${height}`,
  read({ places, query }) {
    const path = places.map((one) => one.toLowerCase());
    const [extension] = EXTENSION.exec(path.join('/')) ?? [];
    const format: Format | undefined = extension === undefined ? undefined : formatOf(extension.slice(1));
    const parts = path.filter((one, i) => i === 0 || !isFileName(one)).map(withoutExtension);
    // Some pages put a colour first.
    const swapped = !/^\d/.test(parts[0] ?? '') && !KEYWORDS.has(parts[0] ?? '') && sizeOf(parts[1] ?? '');
    const [size = '', bg, fg] = swapped ? [parts[1], parts[0], parts[2]] : parts;
    const text = query.get('text');
    return {
      ...readRest([bg, fg].flatMap((color) => color ?? [])),
      size: readAny(size),
      format,
      text: text ? labelText(text, ['|', '\\n']) : undefined,
    };
  },
});
