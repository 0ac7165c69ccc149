import type { RenderOptions } from '../../options/options.ts';
import { colorOf } from '../shared/color.ts';
import { isOn } from '../shared/parts.ts';

/** Themes of holder.js: background and ink (imsky/holder). */
const THEMES: Readonly<Record<string, readonly [bg: string, fg: string]>> = {
  gray: ['eeeeee', 'aaaaaa'],
  social: ['3a5a97', 'ffffff'],
  industrial: ['434a52', 'c2f200'],
  sky: ['0d8fdb', 'ffffff'],
  vine: ['39dbac', '1e292c'],
  lava: ['f8591a', '1c2846'],
};

/** Options by name, wherever the URL puts them. */
export type HolderOptions = ReadonlyMap<string, string>;

/** Names of segments in holder.js before 2.4, and the option that each is now. */
const SEGMENT = /^(text|font|size|align|textmode|outline|lineWrap|nowrap|fixedSize|ratio):(.*)$/is;

/**
 * Options in segments, as before 2.4: a theme, `#bg:#fg` (`^` where CSS allows no `#`), `text:…`, and words that switch
 * something on.
 */
export function readSegments(segments: readonly string[]): Map<string, string> {
  const options = new Map<string, string>();
  for (const segment of segments) {
    const [, name, value] = SEGMENT.exec(segment) ?? [];
    const [, bg, fg] = /^[#^]([\da-f]{3,6}):[#^]([\da-f]{3,6})$/i.exec(segment) ?? [];
    if (name !== undefined && value !== undefined) options.set(name.toLowerCase(), value);
    else if (bg !== undefined && fg !== undefined) options.set('bg', bg).set('fg', fg);
    else if (Object.hasOwn(THEMES, segment.toLowerCase())) options.set('theme', segment);
    else if (segment === 'literal') options.set('textmode', 'literal');
    else options.set(segment.toLowerCase(), '');
  }
  return options;
}

/** The colours of a URL: a theme overrules `bg` and `fg`, and `random` takes the colours of a seed. */
export function holderColors(options: HolderOptions, seed: string): Partial<RenderOptions> {
  const theme = options.get('theme')?.toLowerCase() ?? '';
  const [bg, fg] = (Object.hasOwn(THEMES, theme) ? THEMES[theme] : undefined) ?? [
    colorOf(options.get('bg') ?? ''),
    colorOf(options.get('fg') ?? ''),
  ];
  if (isOn(options.get('random')) && bg === undefined) return { seed, ...(fg !== undefined && { fg }) };
  return { bg: bg ?? 'eeeeee', fg: fg ?? 'aaaaaa' };
}
