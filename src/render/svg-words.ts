import { createCanvas, SvgExportFlag } from '../label/canvas.ts';
import { EMOJI_BOX } from '../label/emoji-set.ts';
import type { IconRun } from '../label/icon.ts';
import type { Label } from '../label/label.ts';
import { EMOJI } from '../label/place.ts';
import { drawText } from '../label/runs.ts';
import { type Color, formatColor } from '../options/color.ts';
import { ICON_BOX, ICON_STROKE, iconPaths } from '../options/icon-set.ts';
import type { Placeholder } from '../options/options.ts';
import { outputSize } from '../options/sizes.ts';
import { plateUnder } from './plate.ts';
import { compact, paint, withIds } from './svg-markup.ts';

/** A label as outlines, so that no viewer needs its font. */
function labelPath(label: Label, placeholder: Placeholder): string {
  const { width, height } = outputSize(placeholder);
  const canvas = createCanvas(width, height, SvgExportFlag.ConvertTextToPaths);
  drawText(canvas.getContext('2d'), label);
  const paths = canvas
    .getContent()
    .toString()
    .matchAll(/<path [^>]*?\bd="([^"]*)"/g);
  const data = compact(Array.from(paths, ([, d = '']) => d).join(''));
  return data === '' ? '' : `<path ${paint(placeholder.foreground)} d="${data}"/>`;
}

/** A label's emoji: drawings of our own packages, never of the text. */
function emojiDrawings({ emoji, size }: Label): string {
  const factor = (size * EMOJI.size) / EMOJI_BOX;
  return emoji
    .map(({ emoji: { body, height }, x, y }, i) => {
      const top = y + ((EMOJI_BOX - height) / 2) * factor;
      return `<g transform="translate(${compact(`${x} ${top}`)}) scale(${compact(String(factor))})">${withIds(body, String(i))}</g>`;
    })
    .join('');
}

/** A label's icon: lines in the label's ink. */
function iconDrawing({ name, x, y, side }: IconRun, ink: Color): string {
  const [red, green, blue, alpha] = ink;
  const color = `#${formatColor([red, green, blue, 255])}`;
  const place = `transform="translate(${compact(`${x} ${y}`)}) scale(${compact((side / ICON_BOX).toFixed(4))})"`;
  // One opacity for all, so that nothing is inked twice where lines cross.
  const opacity = alpha === 255 ? '' : ` opacity="${compact((alpha / 255).toFixed(3))}"`;
  const parts = iconPaths(name).map(({ data, isFilled, isStroked, rule }) => {
    const fill = isFilled ? ` fill="${color}"${rule === 'evenodd' ? ' fill-rule="evenodd"' : ''}` : '';
    return `<path d="${data}"${fill}${isStroked ? '' : ' stroke="none"'}/>`;
  });
  const lines = `fill="none" stroke="${color}" stroke-width="${ICON_STROKE}" stroke-linecap="round" stroke-linejoin="round"`;
  return `<g ${place} ${lines}${opacity}>${parts.join('')}</g>`;
}

/** A picture's label, with its emoji, its icon and the plate under them. */
export function wordsMarkup(placeholder: Placeholder, label: Label | undefined): string {
  if (!label) return '';
  const plate = plateUnder(placeholder, label);
  const under = plate ? `<path ${paint(plate.color)} d="${plate.data}"/>` : '';
  const icon = label.icon ? iconDrawing(label.icon, placeholder.foreground) : '';
  return under + labelPath(label, placeholder) + emojiDrawings(label) + icon;
}
