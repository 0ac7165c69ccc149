// How a form's fields become a URL: the page and the server without script spell it with this one function.

/** What a form holds, by the names of its fields; what is empty or missing is left out of the URL. */
export type FormFields = Readonly<Record<string, string | undefined>>;

/** The field of the picture's size; `size` is that of the label. */
export const DIMENSIONS = 'dimensions';
/** The field that asks for no label at all: an empty text is the default one. */
export const UNLABELLED = 'unlabelled';
/** Ends the name of a field that holds the colour of an option: `border.colour`. */
export const COLOUR = '.colour';

/** The size of a form that names none. */
const FALLBACK_SIZE = '600x400';

/** Those whose place is the path. */
const IN_PATH = [DIMENSIONS, UNLABELLED, 'scale', 'format'];

/** Text in a path or a query, as legible as it may be (RFC 3986, 3.3 and 3.4). */
function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(/%(?:2C|3A)/g, decodeURIComponent)
    .replaceAll('%20', '+');
}

/** As {@link encode}, where a plus is a plus. */
const encodeSegment = (text: string): string => encode(text).replaceAll('+', '%20');

/** An option's value: of some what is before the comma and what is after it are fields of their own. */
function spelled(fields: FormFields, name: string): string | undefined {
  const value = fields[name];
  const colour = fields[name + COLOUR];
  return value && colour ? `${value},${colour}` : value || undefined;
}

/**
 * The URL that a form stands for, each part where the grammar has it: `/image/600x400@2x/fff/000.webp?text=Hi`.
 * Nothing is checked: that is up to who answers it.
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
