/** What is to be forgotten: one key, or all that a glob matches (see glob.ts). */
export type Purge = { readonly key: string } | { readonly match: string };

/** Instances that share a store and a prefix tell each other their purges here. */
export const purgeChannel = (prefix: string): string => `greybox:purge:${prefix}`;

/** A purge as it is published: `key 600.400.png`, `match 600.*`. */
export const writePurge = (purge: Purge): string =>
  'key' in purge ? `key ${purge.key}` : `match ${purge.match}`;

/** Reads what was published. Another release may have written what this one cannot read: that purges everything. */
export function readPurge(message: string): Purge {
  const space = message.indexOf(' ');
  const rest = message.slice(space + 1);
  return message.slice(0, space) === 'key'
    ? { key: rest }
    : { match: message.startsWith('match ') ? rest : '*' };
}
