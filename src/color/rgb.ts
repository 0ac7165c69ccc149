/** A colour in sRGB: four integers from 0 to 255, alpha last (255 is opaque). */
export type Color = readonly [red: number, green: number, blue: number, alpha: number];

/** The canonical spelling: six lower-case digits, eight where the colour is not opaque. */
export function formatColor([red, green, blue, alpha]: Color): string {
  const channels = alpha === 255 ? [red, green, blue] : [red, green, blue, alpha];
  return channels.map((channel) => channel.toString(16).padStart(2, '0')).join('');
}
