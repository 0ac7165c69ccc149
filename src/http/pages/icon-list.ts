import { iconNames } from '../../options/icon-set.ts';

/** The names of all icons, for the playground's search. */
export const iconList = (): string => JSON.stringify(iconNames());
