import type { Format } from '../formats.ts';
import type { SceneName } from '../scene/scenes.ts';
import type { Align, Language, Pattern } from './choices.ts';
import type { Color } from './color.ts';
import type { FontName } from './font-table.ts';
import type { Pair, ThemeName } from './themes.ts';

/** The background of the label: one colour, or a linear gradient of two to four. */
export interface Background {
  readonly colors: readonly [Color, ...Color[]];
  /** Direction of the gradient in degrees, 0–359, as CSS counts them: 0 upwards, 90 to the right. */
  readonly angle: number;
}

export interface Border {
  /** px before scaling; 0 draws none */
  readonly width: number;
  readonly color: Color;
}

/** Sides in percent of the picture's surroundings; undefined for a side in px. */
export interface Fluid {
  readonly width: number | undefined;
  readonly height: number | undefined;
}

/** Radii of the four corners in px: top left, top right, bottom right, bottom left. */
export type Corners = readonly [topLeft: number, topRight: number, bottomRight: number, bottomLeft: number];

/** A pattern over the background, and its colour; an undefined colour is a faint foreground. */
export interface PatternValue {
  readonly name: Pattern;
  readonly color: Color | undefined;
}

/**
 * The value of each option. A new field here requires its row in `OPTIONS`, and so its part of the cache key. It also
 * becomes a field of {@link Placeholder} and an option of `RenderOptions`.
 */
export interface OptionValues {
  /** output pixels per px, 1–4; default 1 */
  readonly scale: number;
  /** png (default), jpg, jpeg, webp, avif, gif or svg */
  readonly format: Format;
  /** 1–100, for jpeg, webp and avif; undefined for lossless formats */
  readonly quality: number | undefined;
  /** a colour, or a gradient of 2 to 4 joined by `,` or `-` */
  readonly bg: Background['colors'];
  /** direction of a gradient in degrees; default 180, downwards */
  readonly angle: number;
  /** colour of the label; default: one that reads well on the background */
  readonly fg: Color;
  /** the label, its lines joined by a newline; default `{width} × {height}`; empty for none */
  readonly text: string;
  /** name of a bundled family; default inter */
  readonly font: FontName;
  /** 100–900 or `bold`, brought to one that the family has; default 600 */
  readonly weight: number;
  /** label size in px, 4–500; undefined for as large as fits */
  readonly size: number | undefined;
  /** where the label stands; default center */
  readonly align: Align;
  /** px between label and edge, 0–500; undefined for in proportion to the picture */
  readonly padding: number | undefined;
  /** which forms of shared characters are meant; undefined for those of the text's own script */
  readonly lang: Language | undefined;
  /** corner radii: px or `n%` of the shorter side, or four of them joined by `,` from the top left clockwise */
  readonly radius: Corners;
  /** px, or `px,colour` */
  readonly border: Border;
  /** a pattern, or `name,colour` */
  readonly pattern: PatternValue;
  /** sides that an SVG takes from its surroundings, as holder.js has them: `100%x`, `90%x80%`; undefined for none */
  readonly fluid: Fluid | undefined;
  /** name of an icon of the Lucide set, above the label; undefined for none */
  readonly icon: string | undefined;
  /** a drawn stand-in for a photograph, in the colours of `bg` or `seed`; undefined for none */
  readonly scene: SceneName | undefined;
  /** any string: chooses what a scene shows and, without `bg`, its colours; of other pictures a pair of colours */
  readonly seed: string | undefined;
  /** how far a scene is blurred: 0 for not at all, to 10 */
  readonly blur: number;
  /** whether a scene is in shades of grey */
  readonly grayscale: boolean;
}

/** The values of options that only stand for others: they have no part in the cache key. */
export interface ShorthandValues {
  /** a named pair of colours */
  readonly theme: Pair | undefined;
}

/** The name of every option, as in URLs. */
export type OptionName = keyof OptionValues | keyof ShorthandValues;

/** The size of a picture before scaling, in px. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The plain, frozen value that every request becomes. All lengths are in px before scaling. No code past `options/`
 * sees a request, and two requests for one picture become equal values.
 */
export interface Placeholder extends Size, Omit<OptionValues, 'bg' | 'angle' | 'fg'> {
  readonly background: Background;
  readonly foreground: Color;
}

/** Words that an option takes besides its values, for completion in an editor. */
interface Words {
  readonly format: 'jpg';
  readonly weight: 'bold';
  readonly pattern: Pattern;
  readonly theme: ThemeName;
  readonly radius: `${number}%`;
}

type Literal<T> = T extends string ? (string extends T ? never : T) : never;
type WordOf<Name> = Name extends keyof Words ? Words[Name] : never;
/** A word of the option, any text as in a URL, or a number. */
type Given<Name, Value> = WordOf<Name> | Literal<Value> | (string & {}) | number | undefined;
type GivenOptions<Values> = { readonly [Name in keyof Values]?: Given<Name, Values[Name]> };

/** The options of one picture, under their names in URLs. */
export interface RenderOptions extends GivenOptions<OptionValues>, GivenOptions<ShorthandValues> {
  /** px, 1 to the limit (2000) */
  readonly width: number | (string & {}) | undefined;
  /** px, 1 to the limit (2000); default: the width */
  readonly height?: number | (string & {}) | undefined;
}
