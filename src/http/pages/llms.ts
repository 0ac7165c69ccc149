import { AVATAR } from '../../dialects/avatar.ts';
import { DIALECTS, OWN } from '../../dialects/table.ts';
import { DEFAULT_FORMAT } from '../../formats.ts';
import { OPTIONS, SHOWN_OPTIONS } from '../../options/option-table.ts';
import type { Limits } from '../../options/sizes.ts';
import { FORMAT_CHOICES } from './controls.ts';
import { mountOf } from './docs.ts';
import { spellUrl } from './own-url.ts';
import { PRESETS } from './presets.ts';
import { defaultOf, valuesOf } from './reference.ts';
import type { Site } from './site.ts';

/** Twenty working URLs, from simple to rich. */
export const EXAMPLES: readonly string[] = [
  ...OWN.examples.map((path) => mountOf(OWN) + path),
  ...AVATAR.examples.map((path) => mountOf(AVATAR) + path),
  ...PRESETS.map(({ fields }) => spellUrl(fields, mountOf(OWN))),
].slice(0, 20);

/**
 * `/llms.txt` (llmstxt.org): the grammar and twenty examples for a coding agent.
 * @param base the path prefix of greybox
 */
export function llms({ base }: Pick<Site, 'base'>, { maxDimension }: Limits): string {
  const options = SHOWN_OPTIONS.map(
    (name) => `- \`${name}\`: ${OPTIONS[name].help}. Values: ${valuesOf(name)}. Default: ${defaultOf(name)}.`,
  );
  const others = DIALECTS.filter(({ hosts }) => hosts.length > 0).map(({ hosts: [host] }) => host);
  return [
    '# greybox',
    '',
    '> Placeholder images by URL: a URL of this service is a labelled box, a drawn scene or an avatar. Use it as the `src` of an `<img>`, in CSS, in tests and in seed data. The same URL gives the same bytes.',
    '',
    '## Grammar',
    '',
    `    ${base}${mountOf(OWN)}${OWN.forms[0]}`,
    `    ${base}${mountOf(AVATAR)}${AVATAR.forms[0]}`,
    '',
    `- size: \`600x400\`, \`400\` (square), \`640x16:9\`, or a name such as \`og\`, \`hd1080\`, \`leaderboard\`; each side 1 to ${maxDimension}`,
    '- scale: `@2x`; background and foreground: a colour without `#`; background also a gradient `ff7e5f-feb47b`',
    `- ext: ${FORMAT_CHOICES.map((ext) => `\`${ext}\``).join(' ')} (default \`${DEFAULT_FORMAT}\`); \`json\` explains the URL and returns snippets`,
    '',
    '## Options (query)',
    '',
    ...options,
    '',
    '## Examples',
    '',
    ...EXAMPLES.map((path) => `- ${base}${path}`),
    '',
    '## URLs of other services',
    '',
    `An old URL works with its \`https://\` cut off, behind this host${base && ` and \`${base}\``}: ${others.join(', ')}.`,
    '',
    '## More',
    '',
    `- [Reference](${base}/docs): every option with a picture, every error`,
    `- [OpenAPI](${base}/openapi.json): the same as OpenAPI 3.1`,
    `- ${base}/explain.json?url={any picture URL}: what it means, and our own URL of it`,
    '',
  ].join('\n');
}
