import type { Dialect } from '../dialect.ts';
import { colorOf } from '../shared/color.ts';
import { splitFormat } from '../shared/format.ts';
import { sideOf, sizeOf } from '../shared/size.ts';
import { avatars, figure, square } from './figure.ts';

/** i.pravatar.cc: portraits by number or by any other identifier. */
const pravatar = avatars({
  hosts: ['i.pravatar.cc', 'pravatar.cc'],
  forms: ['/{size}?img={1-70}', '/{size}?u={anything}'],
  examples: ['/300', '/150?u=a042581f4e29026024d', '/?img=48', '/64?img=5'],
  params: 'any',
  read({ segments: [first = ''], query }) {
    const { rest, format } = splitFormat(first);
    const [other] = [...query].map(([name, value]) => name + value);
    const who = query.get('img') || query.get('u') || other || rest;
    return { ...square(sizeOf(rest)?.width || 1000, 1000, format ?? 'jpeg'), ...figure('face', who) };
  },
});

const BORING = ['92a1c6', '146a7c', 'f0ab3d', 'c271b4', 'c20d90'];

/** source.boringavatars.com: round unless a URL says `square`. */
const boring = avatars({
  hosts: ['source.boringavatars.com'],
  forms: ['/{variant}/{size}/{name}?colors=&square&format='],
  examples: [
    '/',
    '/marble/120',
    '/beam/120/Maria%20Mitchell?square',
    '/marble/120/0xabc?colors=92A1C6,146A7C,F0AB3D&format=png',
  ],
  params: ['colors', 'square', 'format', 'size', 'name'],
  read({ segments: [variant = 'marble', inPath, named], query }) {
    const [size, name] = [inPath ?? query.get('size') ?? '', named ?? query.get('name') ?? 'Clara Barton'];
    const colors = (query.get('colors') ?? '').split(',').flatMap((one) => colorOf(one) ?? []);
    const isSquare = query.has('square') && query.get('square') !== 'false';
    const format = query.get('format') === 'png' ? 'png' : 'svg';
    return {
      ...square(sideOf(size) ?? 80, 2000, format),
      ...figure(variant === 'beam' ? 'face' : 'marble', `${variant} ${name}`),
      bg: (colors.length > 1 ? colors : BORING).slice(0, 4).join('-'),
      ...(!isSquare && { radius: '50%' }),
    };
  },
});

/** api.adorable.io, which no longer exists. */
const adorable = avatars({
  hosts: ['api.adorable.io'],
  forms: ['/avatars/{size}/{id}.png', '/avatars/{id}', '/avatars/face/{eyes}/{nose}/{mouth}/{color}/{size}'],
  examples: [
    '/avatars/285/someone@example.com',
    '/avatars/48/testuser.png',
    '/avatars/abott',
    '/avatars/face/eyes1/nose1/mouth6/b05f6d/150',
  ],
  params: [],
  read({ segments: [, ...path] }) {
    const [first = '', second] = path;
    if (first === 'face' && path.length > 3) {
      const [parts, bg] = [path.slice(1, 4).join(' '), colorOf(path[4] ?? '')];
      const face = { ...square(sideOf(path[5] ?? '') ?? 400, 1000, 'png'), ...figure('face', parts) };
      return bg === undefined ? face : { ...face, bg };
    }
    const size = second === undefined ? undefined : sideOf(first);
    const { rest, format } = splitFormat(size === undefined ? path.join('/') : path.slice(1).join('/'));
    return { ...square(size ?? 400, 1000, format ?? 'png'), ...figure('face', rest) };
  },
});

/** Hosts whose paths end in a name and nothing else: api.multiavatar.com, and those of old faker libraries. */
const named = avatars({
  hosts: ['api.multiavatar.com', 'cdn.fakercloud.com', 'cloudflare-ipfs.com'],
  forms: ['/{name}.svg', '/avatars/{name}_128.jpg', '/ipfs/{id}/avatar/{n}.jpg'],
  examples: [
    '/1.svg',
    '/avatars/levisan_128.jpg',
    '/ipfs/Qmd3W5DuhgHirLHGVixi6V76LhCkZUz6pnFt5AJBiyvHye/avatar/169.jpg',
  ],
  params: ['apikey'],
  read({ segments }) {
    const { rest, format } = splitFormat(segments.at(-1) ?? '');
    const [, side] = /_(\d{2,4})$/.exec(rest) ?? [];
    return { ...square(Number(side ?? 256), 1000, format ?? 'svg'), ...figure('face', rest) };
  },
});

/** Services that draw a mark for any name. */
export const MARKS: readonly Dialect[] = [pravatar, boring, adorable, named];
