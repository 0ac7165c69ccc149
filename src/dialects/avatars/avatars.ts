import type { Dialect } from '../dialect.ts';
import { dicebear } from './dicebear.ts';
import { MARKS } from './marks.ts';
import { PORTRAITS } from './portraits.ts';
import { robohash } from './robohash.ts';
import { uiAvatars } from './ui-avatars.ts';

/** The avatar services, the ones most used by pages first. */
export const AVATARS: readonly Dialect[] = [uiAvatars, dicebear, robohash, ...PORTRAITS, ...MARKS];
