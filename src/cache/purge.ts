/** What to remove: one key, or all keys that a glob matches (see glob.ts). */
export type Purge = { readonly key: string } | { readonly match: string };

/** The channel on which instances that share a store and a prefix announce their purges. */
export const purgeChannel = (prefix: string): string => `greybox:purge:${prefix}`;

/** A purge as it is published, after the sender's id: `9f2c key 600.400.png`, `9f2c match 600.*`. */
export function writePurge(sender: string, purge: Purge): string {
  return `${sender} ${'key' in purge ? `key ${purge.key}` : `match ${purge.match}`}`;
}

/** Reads a published purge. One that cannot be read, perhaps from another release, means everything. */
export function readPurge(message: string): { readonly sender: string | undefined; readonly purge: Purge } {
  const {
    sender,
    kind,
    rest = '',
  } = /^(?<sender>\S+) (?<kind>key|match) (?<rest>.*)$/s.exec(message)?.groups ?? {};
  return { sender, purge: kind === 'key' ? { key: rest } : { match: kind === 'match' ? rest : '*' } };
}
