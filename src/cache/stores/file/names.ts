/** The longest name of a file that all systems take, in bytes. */
const MAX_NAME = 255;

/**
 * A key as the name of a file: characters that a system could misread, and a first dot, become `+` and two hex digits.
 * Undefined where the key is too long.
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
