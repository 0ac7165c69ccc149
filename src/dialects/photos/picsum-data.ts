import type { Size } from '../shared/size.ts';

/** Number of photographs: ids count from 0. */
const PHOTOS = 1085;
/** Longest page of a list. */
const MAX_PAGE = 100;
const PAGE = 30;

/** Sizes of the originals, in px: usual ones for cameras. */
const ORIGINALS: readonly (readonly [number, number])[] = [
  [5000, 3333],
  [5000, 3334],
  [4288, 2848],
  [3888, 2592],
  [2500, 1667],
  [5616, 3744],
  [3264, 2448],
  [2448, 3264],
  [3456, 2304],
];

/** Author of all pictures: drawings have no photographer. */
const AUTHOR = 'greybox';

/** The size of an original. */
export function originalSize(id: string): Size {
  const number = /^\d{1,9}$/.test(id) ? Number(id) : id.length;
  const [width, height] = ORIGINALS[number % ORIGINALS.length] as readonly [number, number];
  return { width, height };
}

/** What `/id/{id}/info` says. */
export function info(id: string, base: string) {
  const { width, height } = originalSize(id);
  const page = `${base}/id/${encodeURIComponent(id)}`;
  return {
    id,
    author: AUTHOR,
    width,
    height,
    url: `${page}/info`,
    download_url: `${page}/${width}/${height}`,
  };
}

/** What `/seed/{seed}/info` says. */
export function seedInfo(seed: string, base: string) {
  const page = `${base}/seed/${encodeURIComponent(seed)}`;
  const { width, height } = originalSize(seed);
  return { ...info(seed, base), url: `${page}/info`, download_url: `${page}/${width}/${height}` };
}

function positive(text: string | undefined, fallback: number, most: number): number {
  const number = /^\d{1,6}$/.test(text ?? '') ? Number(text) : fallback;
  return Math.min(Math.max(number, 1), most);
}

/** A page of `/v2/list`, and the `Link` to its neighbours (RFC 8288). */
export function list(query: ReadonlyMap<string, string>, base: string) {
  const limit = positive(query.get('limit'), PAGE, MAX_PAGE);
  const page = positive(query.get('page'), 1, 999_999);
  const first = (page - 1) * limit;
  const count = Math.max(0, Math.min(limit, PHOTOS - first));
  const photos = Array.from({ length: count }, (_, i) => info(String(first + i), base));
  const link = (rel: string, number: number): string =>
    `<${base}/v2/list?page=${number}&limit=${limit}>; rel="${rel}"`;
  const links = [
    ...(page > 1 ? [link('prev', page - 1)] : []),
    ...(first + limit < PHOTOS ? [link('next', page + 1)] : []),
  ];
  return { photos, links: links.join(', ') };
}

/** What `/list` says of all photographs. */
export function oldList(base: string) {
  return Array.from({ length: PHOTOS }, (_, id) => {
    const { author, width, height, url } = info(String(id), base);
    return {
      format: 'jpeg',
      width,
      height,
      filename: `${id}.jpeg`,
      id,
      author,
      author_url: url,
      post_url: url,
    };
  });
}
