import { FORMATS } from '../../formats.ts';
import { OPTIONS } from '../../options/option-table.ts';
import { PSEUDO_FORMATS } from '../../options/parse.ts';
import type { OptionName } from '../../options/values.ts';
import { valuesOf } from './reference.ts';

/** A part of the document. */
export type Json = Record<string, unknown>;

/** The size of a square. */
export const SIDE: Json = { description: 'px', schema: { type: 'integer', minimum: 1 }, example: 128 };

/** The parameters in the braces of our own paths. */
export const SEGMENTS: Readonly<Record<string, Json>> = {
  size: {
    description: '`600x400`, `400`, `640x16:9`, or a named size such as `og`',
    schema: { type: 'string' },
    example: '600x400',
  },
  name: {
    description: 'whose initials are drawn',
    schema: { type: 'string', maxLength: 300 },
    example: 'Ada+Lovelace',
  },
  scale: {
    description: 'output pixels per px',
    schema: { type: 'integer', minimum: 1, maximum: 4 },
    example: 2,
  },
  background: {
    description: 'a colour, or 2 to 4 joined by `-`',
    schema: { type: 'string' },
    example: '0c4a6e',
  },
  foreground: { description: 'a colour', schema: { type: 'string' }, example: 'fff' },
  ext: {
    description: 'the format; `auto` is chosen by Accept, `json` explains',
    schema: {
      type: 'string',
      enum: [...Object.values(FORMATS).flatMap(({ extensions }) => extensions), ...PSEUDO_FORMATS],
    },
    example: 'webp',
  },
};

function schemaOf(name: OptionName): Json {
  const { control, isOpen, otherwise } = OPTIONS[name];
  const fallback = 'value' in otherwise ? otherwise.value : undefined;
  if (control.kind === 'integer' && !isOpen)
    return {
      type: 'integer',
      minimum: control.min,
      maximum: control.max,
      ...(fallback !== undefined && { default: Number(fallback) }),
    };
  return {
    type: 'string',
    ...(control.kind === 'choice' &&
      !isOpen && { enum: name === 'format' ? [...control.choices, ...PSEUDO_FORMATS] : control.choices }),
    ...(control.kind === 'text' && { maxLength: control.maxLength }),
    ...(fallback !== undefined && { default: fallback }),
  };
}

/** An option as a query parameter. */
export const queryParameter = (name: OptionName): Json => ({
  name,
  in: 'query',
  description: `${OPTIONS[name].help}: ${valuesOf(name)}`,
  schema: schemaOf(name),
  example: schemaOf(name)['type'] === 'integer' ? Number(OPTIONS[name].example) : OPTIONS[name].example,
});
