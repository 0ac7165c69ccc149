/** What is to be forgotten: one key, or all that a glob matches (see glob.ts). */
export type Purge = { readonly key: string } | { readonly match: string };

/** Instances that share a store and a prefix tell each other their purges here. */
export const purgeChannel = (prefix: string): string => `greybox:purge:${prefix}`;

/** A purge as it is published, after the name of who publishes it: `9f2c key 600.400.png`, `9f2c match 600.*`. */
export function writePurge(sender: string, purge: Purge): string {
  return `${sender} ${'key' in purge ? `key ${purge.key}` : `match ${purge.match}`}`;
}

/** Reads what was published. Another release may have written what this one cannot read: that purges everything. */
export function readPurge(message: string): { readonly sender: string | undefined; readonly purge: Purge } {
  const {
    sender,
    kind,
    rest = '',
  } = /^(?<sender>\S+) (?<kind>key|match) (?<rest>.*)$/s.exec(message)?.groups ?? {};
  return { sender, purge: kind === 'key' ? { key: rest } : { match: kind === 'match' ? rest : '*' } };
}
