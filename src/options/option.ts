import type { ErrorCode } from '../errors.ts';
import type { OptionName, OptionValues, ShorthandValues, Size } from './values.ts';

/** Groups of options, in the order of documents and forms. */
export const GROUPS = ['label', 'background', 'shape', 'output'] as const;

/** The control that a form has for an option, with the bounds of its values. */
export type Control =
  | { readonly kind: 'integer'; readonly min: number; readonly max: number; readonly step: number }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'colour' }
  /** @property maxLength in characters */
  | { readonly kind: 'text'; readonly maxLength: number }
  | { readonly kind: 'toggle' };

/** A picture that is being read: the values of its other options, in any order. */
export interface Reading extends Size {
  get<Name extends OptionName>(name: Name): (OptionValues & ShorthandValues)[Name];
  /** Whether the option was given. */
  has(name: OptionName): boolean;
  /** The text given for an option, as in URLs; undefined for nothing, or where only its value is known. */
  given(name: OptionName): string | undefined;
}

/** What documents, forms and errors say of an option. */
export interface Described {
  readonly group: (typeof GROUPS)[number];
  /** What it is, in a few words of Markdown. */
  readonly help: string;
  readonly control: Control;
  /** Its values in Markdown, where the control does not show them all. */
  readonly forms?: string;
  /** Whether it takes values that its control does not offer: `50%`, `bold`. */
  readonly isOpen?: true;
  /** Its default: as a URL spells it, or in words where it depends on the picture. */
  readonly otherwise: { readonly value: string } | { readonly words: string };
  /** A value that changes a picture of 600×400. */
  readonly example: string;
  /** What else the picture needs to show the example, as a query: `format=jpg`. */
  readonly beside?: string;
  /** The code of its errors; default `invalid-option`. */
  readonly code?: ErrorCode;
  /** Whether documents and forms leave it out: it only serves other services' URLs. */
  readonly isHidden?: true;
}

/** One option: how it is read, and its part of the cache key. */
export interface Option<Value> extends Described {
  /**
   * Turns the given text into its value.
   * @throws GreyboxError naming the option, its value and what is allowed
   */
  readonly read: (given: string, name: OptionName, picture: Reading) => Value;
  /** Its default value. */
  readonly initial: (picture: Reading) => Value;
  /**
   * The canonical spelling of a value in a URL's query and in the cache key; different values have different spellings.
   * It is left out where it is the initial value's.
   */
  readonly spell: (value: Value & {}, picture: Reading) => string;
  /** The value as `.json` shows it. Default: a number or text as it is, null for undefined, else its spelling. */
  readonly show?: (value: Value & {}, picture: Reading) => string | number | null;
}

/** An option that only stands for others. */
export interface Shorthand<Value> extends Described {
  readonly read: (given: string, name: OptionName, picture: Reading) => Value;
  /** The options that spell its meaning. */
  readonly spelledBy: readonly [keyof OptionValues, ...(keyof OptionValues)[]];
}

/** Exactly one row for each value. */
export type OptionRows<Values = OptionValues, Shorthands = ShorthandValues> = {
  readonly [Name in keyof Values]: Option<Values[Name]>;
} & {
  readonly [Name in keyof Shorthands]: Shorthand<Shorthands[Name] & {}>;
};
