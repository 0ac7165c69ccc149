import type { Dialect } from '../dialect.ts';
import { BY_CATEGORY } from './by-category.ts';
import { BY_SUBJECT } from './by-subject.ts';
import { cataas } from './cataas.ts';
import { KITTENS } from './kittens.ts';
import { loremflickr } from './loremflickr.ts';
import { picsum } from './picsum.ts';
import { unsplash } from './unsplash.ts';

/** The photo services, the ones most used by pages first. */
export const PHOTOGRAPHS: readonly Dialect[] = [
  picsum,
  unsplash,
  loremflickr,
  ...KITTENS,
  ...BY_CATEGORY,
  ...BY_SUBJECT,
  cataas,
];
