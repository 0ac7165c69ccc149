// What all documents say about an option: the page, OpenAPI and llms.txt.

import { OWN } from '../../dialects/table.ts';
import type { ErrorCode } from '../../errors.ts';
import { OPTIONS } from '../../options/option-table.ts';
import type { OptionName } from '../../options/values.ts';

const MOUNT = OWN.paths[0] ?? '';

/** Its values in Markdown. */
export function valuesOf(name: OptionName): string {
  const { control, forms } = OPTIONS[name];
  if (forms !== undefined) return forms;
  switch (control.kind) {
    case 'integer':
      return `${control.min} to ${control.max}`;
    case 'choice':
      return control.choices.map((choice) => `\`${choice}\``).join(' ');
    case 'colour':
      return 'hex of 3, 4, 6 or 8 digits, a CSS name, `transparent`, or `colour,alpha`';
    case 'text':
      return `up to ${control.maxLength} characters`;
    case 'toggle':
      return '`true` or `false`';
  }
}

/** Its default, in Markdown. */
export function defaultOf(name: OptionName): string {
  const { otherwise } = OPTIONS[name];
  return 'value' in otherwise ? `\`${otherwise.value}\`` : otherwise.words;
}

/** The path of a picture for its example. */
export function exampleOf(name: OptionName): string {
  const { example, beside } = OPTIONS[name];
  return `${MOUNT}/600x400?${name}=${encodeURIComponent(example)}${beside === undefined ? '' : `&${beside}`}`;
}

/** Options that accept any text, however long or odd. */
const ANYTHING: readonly OptionName[] = ['seed'];

/** A URL with a value just outside an option's bounds; undefined if it has no bounds. */
export function beyond(name: OptionName): string | undefined {
  const { control, beside } = OPTIONS[name];
  const value = {
    integer: () => String((control as { max: number }).max + 1),
    choice: () => 'no-such-choice',
    colour: () => 'no-such-colour',
    text: () =>
      ANYTHING.includes(name) ? undefined : 'x'.repeat((control as { maxLength: number }).maxLength + 1),
    toggle: () => 'perhaps',
  }[control.kind]();
  if (value === undefined) return undefined;
  return `${MOUNT}/600x400?${name}=${value}${beside === undefined ? '' : `&${beside}`}`;
}

/** What each kind of error means, and what to do about it. */
export const MEANINGS = {
  'invalid-size':
    'The width, the height or their product is out of bounds, or no size. The detail names the bounds.',
  'invalid-color':
    'A colour is neither hex of 3, 4, 6 or 8 digits nor a CSS name. A # in a URL is spelled %23, or left out.',
  'invalid-option':
    'An option that greybox knows has a value that it cannot have. The detail names those that it can.',
  'unsupported-format': 'The extension or `format` is none that greybox writes.',
  'bad-request': 'The request is not HTTP as RFC 9110 and RFC 9112 have it.',
  unauthorized: 'Purging needs an Authorization header with the bearer token of the setting ADMIN_TOKEN.',
  'not-found': 'No grammar has such a path. The detail shows one that answers.',
  'method-not-allowed': 'Pictures are read: with GET, HEAD and OPTIONS. `Allow` says what the target has.',
  'not-acceptable': 'The format was to be chosen by Accept, which allows none of those that greybox writes.',
  'request-timeout': 'The request did not arrive in time.',
  'precondition-failed': 'If-Match names another version of the picture than the present one.',
  'uri-too-long': 'The request target is longer than the server reads.',
  'rate-limited':
    'This client has had its share of new pictures for this minute. `Retry-After` says when to ask again; pictures that are cached are not limited.',
  'headers-too-large': 'The header fields are larger than the server reads.',
  internal: 'A fault of greybox or of its machine. The log of the service says more; please report it.',
  overloaded: 'Too many pictures wait to be drawn. `Retry-After` says when to ask again.',
} as const satisfies Record<ErrorCode, string>;
