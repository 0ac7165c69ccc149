import { invalid } from '../../errors.ts';
import type { RenderOptions } from '../../options/options.ts';
import type { Dialect } from '../dialect.ts';
import { colorOf } from '../shared/color.ts';
import { splitFormat } from '../shared/format.ts';
import { sideOf } from '../shared/size.ts';
import { avatars, figure, firstLetters, initials, numberIn, square } from './figure.ts';

/** Sides of randomuser.me's pictures, in px. */
const THUMBNAIL = 48;
const MEDIUM = 72;
const LARGE = 128;

/** randomuser.me: portraits by number. */
const randomuser = avatars({
  hosts: ['randomuser.me'],
  forms: [
    '/api/portraits/men/{n}.jpg',
    '/api/portraits/thumb/women/{n}.jpg',
    '/api/portraits/med/lego/{n}.jpg',
  ],
  examples: [
    '/api/portraits/men/1.jpg',
    '/api/portraits/thumb/women/45.jpg',
    '/api/portraits/med/lego/3.jpg',
  ],
  params: [],
  read({ segments: [, , ...path] }) {
    const side = path[0] === 'thumb' ? THUMBNAIL : path[0] === 'med' ? MEDIUM : LARGE;
    const [kind = '', number = ''] = side === LARGE ? path : path.slice(1);
    const { rest } = splitFormat(number);
    if (!/^(?:men|women|lego)$/.test(kind) || !/^\d{1,3}$/.test(rest))
      throw invalid('invalid-option', 'path', 'men, women or lego, and a number', path.join('/'));
    return { ...square(side, LARGE, 'jpeg'), ...figure('face', `${kind} ${rest}`) };
  },
});

/** avatar.iran.liara.run: figures, and initials for `/username`. */
const liara = avatars({
  hosts: ['avatar.iran.liara.run'],
  forms: ['/public/boy?username=', '/public/girl?username=', '/public/{n}', '/username?username='],
  examples: ['/public', '/public/60', '/public/girl?username=Angela', '/username?username=Scott+Wilson'],
  params: ['username', 'background', 'color', 'bold', 'length', 'size'],
  read({ segments: [kind = '', ...path], query }) {
    // Its documentation writes `[firstname+lastname]`, and some pages copied the brackets.
    const name = (query.get('username') ?? '').replace(/[[\]]/g, '');
    const sides = square(sideOf(query.get('size') ?? '') ?? 256, 1000, 'png');
    if (kind !== 'username') return { ...sides, ...figure('face', [...path, name].join(' ')) };
    const [bg, fg] = ['background', 'color'].map((one) => colorOf(query.get(one) ?? ''));
    const length = Math.min(2, Math.max(1, Math.trunc(numberIn(query.get('length'), 2))));
    const text = initials(name.replaceAll('+', ' '), length).toUpperCase();
    return {
      ...sides,
      text,
      ...(bg === undefined ? { seed: name } : { bg }),
      ...(fg !== undefined && { fg }),
      radius: '50%',
    };
  },
});

/** What gravatar.com shows for people without a picture, except for figures made from the hash. */
const GRAVATAR: Readonly<Record<string, Partial<RenderOptions>>> = {
  mp: { icon: 'user', text: '', bg: 'cccccc', fg: 'ffffff' },
  mm: { icon: 'user', text: '', bg: 'cccccc', fg: 'ffffff' },
  mysteryperson: { icon: 'user', text: '', bg: 'cccccc', fg: 'ffffff' },
  blank: { text: '', bg: 'transparent' },
};

/** Its largest side, in px. */
const GRAVATAR_MAX = 2048;

/** gravatar.com, as it answers for people without a picture there. */
const gravatar = avatars({
  hosts: ['', 'secure.', 's.', 'en.', '0.', '1.', '2.', '3.'].map((name) => `${name}gravatar.com`),
  forms: ['/avatar/{hash}?s={size}&d={default}'],
  examples: [
    '/avatar/205e460b479e2e5b48aec07710c08d50?s=200',
    '/avatar/?d=mp&s=40',
    '/avatar/abc.jpg?d=identicon',
  ],
  params: [
    'gravatar_id',
    's',
    'size',
    'd',
    'default',
    'f',
    'forcedefault',
    'r',
    'rating',
    'name',
    'initials',
  ],
  read({ segments: [, inPath = ''], query }) {
    // `/avatar.php?gravatar_id=` is its oldest form.
    const { rest, format } = splitFormat(inPath || (query.get('gravatar_id') ?? ''));
    const side = sideOf(query.get('s') ?? query.get('size') ?? '') || 80;
    const kind = (query.get('d') ?? query.get('default') ?? '').toLowerCase();
    const known = Object.hasOwn(GRAVATAR, kind) ? GRAVATAR[kind] : undefined;
    const isPattern = kind === 'identicon' || kind === 'retro';
    const letters = query.get('initials') ?? initials(query.get('name') ?? '', 2);
    const isLettered = kind === 'initials' && letters !== '';
    const named = { seed: rest, text: firstLetters(letters, 2).toUpperCase() };
    const drawn = isLettered ? named : figure(isPattern ? 'marble' : 'face', `${kind} ${rest}`);
    const shown = known ?? drawn;
    return { ...square(side, GRAVATAR_MAX, format ?? 'png'), ...shown };
  },
});

/** Services of people's portraits. */
export const PORTRAITS: readonly Dialect[] = [randomuser, liara, gravatar];
