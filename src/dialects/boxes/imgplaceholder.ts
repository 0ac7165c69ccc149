import { box, labelSize, nearestFont } from '../shared/box.ts';
import { readColor } from '../shared/color.ts';
import { splitFormat } from '../shared/format.ts';
import { readSize } from '../shared/size.ts';
import { labelText } from '../shared/text.ts';

const FORMS = [
  '/{W}x{H}/{bg}/{fg}',
  '/{W}x{H}/transparent/{fg}/fa-{icon}',
  '?text=Two_br_lines&font-family=',
];
const BOUNDS = { min: 1, max: 4000 };

/** Our icons for those of Font Awesome and Glyphicons, by what they show; any other becomes the icon of a picture. */
const ICONS: Readonly<Record<string, string>> = {
  book: 'book',
  camera: 'camera',
  child: 'baby',
  envelope: 'mail',
  'facetime-video': 'video',
  film: 'film',
  heart: 'heart',
  home: 'house',
  image: 'image',
  'map-marker': 'map-pin',
  music: 'music',
  phone: 'phone',
  picture: 'image',
  search: 'search',
  'shopping-cart': 'shopping-cart',
  star: 'star',
  user: 'user',
  users: 'users',
  video: 'video',
};

function iconOf(text: string | undefined): { icon?: string } {
  const [, name] = /^(?:fa|glyphicon|ion)[-_](.+)$/i.exec(text ?? '') ?? [];
  return name === undefined ? {} : { icon: ICONS[name.replaceAll('_', '-').toLowerCase()] ?? 'image' };
}

/** imgplaceholder.com: an icon may take the place of the label. */
export const imgplaceholder = box({
  hosts: ['imgplaceholder.com'],
  forms: FORMS,
  examples: ['/420x320', '/300x200/cccccc/757575/fa-map-marker', '/300x300/8ec9ee/ffffff?text=Two_br_lines'],
  params: ['text', 'font-family', 'font-size'],
  bg: 'cccccc',
  fg: '757575',
  format: 'png',
  label: ({ width, height }) => `${width}×${height}`,
  read({ places: [first = '', ...others], query }) {
    const { rest: size, format } = splitFormat(first);
    const icon = others.map(iconOf).find((one) => one.icon !== undefined) ?? {};
    const [bg, fg] = others.filter((one) => iconOf(one).icon === undefined);
    const text = query.get('text');
    const isNone = text === '_none_' || (text === undefined && icon.icon !== undefined);
    const family = query.get('font-family')?.replace(/_(?:regular|bold)$/i, '');
    const font = nearestFont(family);
    return {
      size: readSize(size, BOUNDS),
      bg: bg ? readColor(bg, 'bg') : undefined,
      fg: fg ? readColor(fg, 'fg') : undefined,
      format,
      text: isNone ? '' : text ? labelText(text, ['_br_', '\\n']) : undefined,
      more: { ...icon, ...(font !== undefined && { font }), ...labelSize(query.get('font-size')) },
    };
  },
});
