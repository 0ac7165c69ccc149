import type { Dialect } from '../../src/dialects/dialect.ts';
import { GreyboxError } from '../../src/errors.ts';

/** A grammar as another service might have it: `/{width}/{height}`, and data at `/list`. */
export const BOXES: Dialect = {
  name: '/boxes.example',
  hosts: ['boxes.example', 'cdn.boxes.example'],
  paths: ['/api/boxes'],
  forms: ['/{width}/{height}'],
  examples: ['/300/200'],
  read({ path, query }, { accept, base }) {
    if (path === '/list')
      return {
        kind: 'data',
        type: 'application/json',
        body: JSON.stringify([`${base}/300`]),
        fields: { link: '</2>' },
      };
    const [, width = '', height = width] = path.split('/');
    if (!/^\d+$/.test(width)) throw new GreyboxError('invalid-size', 'width must be a number');
    const byAccept = query === 'any' ? ('chosen' as const) : undefined;
    const format = byAccept && accept?.includes('webp') ? 'webp' : 'gif';
    return { kind: 'picture', options: { width, height, format, bg: 'f00' }, ...(byAccept && { byAccept }) };
  },
};

/** A grammar with a path of its own that is also one of ours. */
export const OTHER: Dialect = {
  name: '/other.example',
  hosts: ['other.example'],
  paths: [],
  forms: ['/image/{size}'],
  examples: ['/image/300'],
  read: ({ path }) => ({ kind: 'picture', options: { width: path.split('/').at(-1), format: 'svg' } }),
};
