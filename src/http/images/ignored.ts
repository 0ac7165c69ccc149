/** Names that say nothing of a picture and mean to: of campaigns, of clicks, and of what gets past a cache. */
const EXPECTED =
  /^(?:utm_.*|v|ver|version|_|cb|cache_?bust(?:er)?|no_?cache|bust|t|ts|time(?:stamp)?|rnd|rand|random|_ga|_gl|gclid|dclid|gbraid|wbraid|fbclid|msclkid|yclid|twclid|ttclid|igshid|mc_[ce]id)$/i;

/** Longest value of the field, in bytes. */
const MAX_LENGTH = 200;

/** A name as a token (RFC 9110, 5.6.2): what is none is percent-encoded. */
const token = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(/[()]/g, (one) => (one === '(' ? '%28' : '%29'));

/** `X-Ignored` for the query parameters that were ignored; undefined where none need be named. */
export function ignoredNames(names: readonly string[]): string | undefined {
  let named = '';
  for (const name of names) {
    if (name === '' || EXPECTED.test(name)) continue;
    const next = `${named}${named && ', '}${token(name)}`;
    if (next.length > MAX_LENGTH) break;
    named = next;
  }
  return named === '' ? undefined : named;
}
