import type { Dialect } from '../dialect.ts';
import { CODING_TOOLS } from './coding-tools.ts';
import { dummyimage } from './dummyimage.ts';
import { dummyjson } from './dummyjson.ts';
import { fakeimg } from './fakeimg.ts';
import { fpoimg } from './fpoimg.ts';
import { holder } from './holder.ts';
import { imgix } from './imgix.ts';
import { imgplaceholder } from './imgplaceholder.ts';
import { ipsumimage, placeholdNet, plchldr } from './others.ts';
import { placeHoldIt } from './place-hold-it.ts';
import { placeholdCo } from './placehold-co.ts';
import { placeholdJp } from './placehold-jp.ts';
import { placeholderPics } from './placeholder-pics.ts';
import { placeholdersDev } from './placeholders-dev.ts';
import { satyr } from './satyr.ts';
import { via } from './via.ts';

/** The services for labelled boxes, the ones most used by pages first. */
export const BOXES: readonly Dialect[] = [
  via,
  placeholdCo,
  dummyimage,
  fakeimg,
  placeholdJp,
  placeholderPics,
  fpoimg,
  dummyjson,
  placeHoldIt,
  placeholdersDev,
  imgix,
  imgplaceholder,
  plchldr,
  satyr,
  ipsumimage,
  placeholdNet,
  holder,
  ...CODING_TOOLS,
];
