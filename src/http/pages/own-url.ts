// Turns a form's fields into a URL. The page uses it, and so does the server for clients without scripts.

/** The values of a form, by field name; empty and missing ones are left out of the URL. */
export type FormFields = Readonly<Record<string, string | undefined>>;

/** The field for the picture's size; `size` is the label's. */
export const DIMENSIONS = 'dimensions';
/** The field that asks for no label at all: an empty text means the default label. */
export const UNLABELLED = 'unlabelled';
/** The suffix of a field name for an option's colour: `border.colour`. */
export const COLOUR = '.colour';

/** The size if a form names none. */
const FALLBACK_SIZE = '600x400';

/** Fields that go into the path. */
const IN_PATH = [DIMENSIONS, UNLABELLED, 'scale', 'format'];

/** Encodes text for a path or a query, as legibly as possible (RFC 3986, 3.3 and 3.4). */
function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(/%(?:2C|3A)/g, decodeURIComponent)
    .replaceAll('%20', '+');
}

/** Like {@link encode}, for places where a plus is a plus. */
const encodeSegment = (text: string): string => encode(text).replaceAll('+', '%20');

/** An option's value. For some options, the parts before and after the comma are separate fields. */
function spelled(fields: FormFields, name: string): string | undefined {
  const value = fields[name];
  const colour = fields[name + COLOUR];
  return value && colour ? `${value},${colour}` : value || undefined;
}

/**
 * The URL for a form, with each part where the grammar puts it: `/image/600x400@2x/fff/000.webp?text=Hi`. Nothing is
 * checked here; the service does that.
 * @param mount the path before the size
 */
export function spellUrl(fields: FormFields, mount: string): string {
  const { bg, fg, scale, format } = fields;
  const size = encodeSegment((fields[DIMENSIONS] || FALLBACK_SIZE).trim());
  const colours = bg ? [bg, ...(fg ? [fg] : [])] : [];
  const inPath = [...IN_PATH, 'bg', ...(colours.length > 1 ? ['fg'] : [])];
  const names = Object.keys(fields).filter((name) => !inPath.includes(name) && !name.endsWith(COLOUR));
  const query = names.flatMap((name) => {
    const value = name === 'text' && fields[UNLABELLED] ? undefined : spelled(fields, name);
    return value === undefined ? [] : [`${encode(name)}=${encode(value)}`];
  });
  if (fields[UNLABELLED]) query.push('text=');
  const path = [
    size + (scale && scale !== '1' ? `@${encodeSegment(scale)}x` : ''),
    ...colours.map(encodeSegment),
  ];
  const end = format ? `.${encodeSegment(format)}` : '';
  return `${mount}/${path.join('/')}${end}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}
