import { AVATAR } from '../../dialects/avatar.ts';
import type { MeantPicture } from '../../dialects/dialect.ts';
import { OWN } from '../../dialects/table.ts';
import { invalid } from '../../errors.ts';
import { formatColor } from '../../options/color.ts';
import { isOption, OPTION_NAMES } from '../../options/option-table.ts';
import { labelContrast } from '../../render/plate.ts';
import { type Description, describe } from '../images/describe.ts';
import type { ImageLookup } from '../images/image-lookup.ts';
import { askedBy, unknownHost } from './asked.ts';
import { WITH_COLOUR } from './looks.ts';
import { COLOUR, DIMENSIONS, spellUrl, UNLABELLED } from './own-url.ts';

/** What the playground needs to know about a URL in addition to `.json`. */
export interface Explanation extends Description {
  /** Its grammar: `/image`, `/placehold.co`. */
  readonly grammar: string;
  readonly isOwn: boolean;
  /** The given options, as fields of the playground's form. */
  readonly fields: Readonly<Record<string, string>>;
  /** Our URL for the same picture, as a person would write it. */
  readonly spelled: string;
  /** The lowest contrast of the label with its background, including its plate, 1–21; null without a label. */
  readonly contrast: number | null;
  /** The picture's colours, as hex of 6 or 8 digits; those of the background in order. */
  readonly colours: { readonly bg: readonly string[]; readonly fg: string };
  /** Size of the picture, in bytes. */
  readonly bytes: number;
}

export interface ExplainContext {
  readonly lookup: ImageLookup;
  /** Our scheme and authority, as seen by the client. */
  readonly origin: string;
  /** The path prefix of greybox; empty at the root. */
  readonly base: string;
  readonly client: string;
  /** Whether the client is still there. */
  readonly isWaiting: () => boolean;
}

/** The options of a URL, as form fields. */
function fieldsOf({ options, byAccept }: MeantPicture): Record<string, string> {
  const { width, height = width } = options;
  const fields: Record<string, string> = {
    [DIMENSIONS]: width === height ? `${width}` : `${width}x${height}`,
  };
  if (options.text === '') fields[UNLABELLED] = '1';
  for (const name of OPTION_NAMES) {
    if (!isOption(name) || options[name] === undefined || options[name] === '') continue;
    const value = String(options[name]);
    const comma = WITH_COLOUR.includes(name) ? value.indexOf(',') : -1;
    fields[name] = comma < 0 ? value : value.slice(0, comma);
    if (comma >= 0) fields[name + COLOUR] = value.slice(comma + 1);
  }
  if (fields['text'] !== undefined) fields['text'] = fields['text'].replaceAll('\\n', '\n');
  if (byAccept === 'auto') fields['format'] = 'auto';
  return fields;
}

/**
 * Explains any picture URL, ours or another service's. The picture is drawn, as for `.json`.
 * @throws GreyboxError like the picture itself
 */
export async function explainUrl(
  given: string,
  { lookup, origin: host, base, client, isWaiting }: ExplainContext,
): Promise<Explanation> {
  const origin = host + base;
  const asked = askedBy(given, base);
  const resolved = lookup.resolve(asked);
  if (!resolved) throw unknownHost(asked) ?? lookup.unknown(asked.target, origin);
  const { dialect, target, mount } = resolved;
  const wanted = lookup.read(resolved, '*/*', origin);
  const meant = dialect.read(target, { limits: lookup.limits, accept: '*/*', base: origin + mount });
  if (wanted.kind === 'data' || meant.kind === 'data')
    throw invalid('invalid-option', 'url', 'that of a picture', given);
  const { placeholder, ignored } = wanted;
  const { entry } = await lookup.find({ ...wanted, kind: 'picture' }, client, isWaiting);
  const prefix = OWN.paths[0] ?? '';
  const fields = fieldsOf(meant);
  const hasLabel = placeholder.text !== '' || placeholder.icon !== undefined;
  return {
    ...describe(placeholder, { etag: entry.etag, origin, prefix, limits: lookup.limits, ignored }),
    grammar: dialect.name,
    isOwn: dialect === OWN || dialect === AVATAR,
    fields,
    spelled: spellUrl(fields, base + prefix),
    contrast: hasLabel ? Math.round(labelContrast(placeholder) * 10) / 10 : null,
    colours: {
      bg: placeholder.background.colors.map(formatColor),
      fg: formatColor(placeholder.foreground),
    },
    bytes: entry.body.length,
  };
}
