/** Longest value of the field, in bytes. */
const MAX_LENGTH = 200;

/** A name as a token (RFC 9110, 5.6.2); other names are percent-encoded. */
const token = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(/[()]/g, (one) => (one === '(' ? '%28' : '%29'));

/** `X-Ignored` for the ignored query parameters; undefined if there are none to name. */
export function ignoredNames(names: readonly string[]): string | undefined {
  let named = '';
  for (const name of names) {
    const next = `${named}${named && ', '}${token(name)}`;
    if (next.length <= MAX_LENGTH) named = next;
  }
  return named === '' ? undefined : named;
}
