/** The longest file name that all systems accept, in bytes. */
const MAX_NAME = 255;

/**
 * A key as a file name: a leading dot, and characters that a system could misread, become `+` and two hex digits.
 * Undefined if the key is too long.
 */
export function nameOf(key: string): string | undefined {
  const name = key
    .replace(/[^\w.=&,()!~%-]/g, (odd) => Buffer.from(odd).toString('hex').replace(/../g, '+$&'))
    .replace(/^\./, '+2e');
  return name.length > MAX_NAME ? undefined : name;
}

/** The key of a name that {@link nameOf} made. */
export const keyOf = (name: string): string =>
  decodeURIComponent(name.replaceAll('%', '%25').replaceAll('+', '%'));
