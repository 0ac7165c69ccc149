import { createCanvas, SvgExportFlag } from '../label/canvas.ts';
import type { Label } from '../label/label.ts';
import { type Color, formatColor } from '../options/color.ts';
import type { Placeholder } from '../options/options.ts';
import { drawLabel } from './coverage.ts';

/** Text for an XML attribute (XML 1.0, 2.4 and 3.3.3), without characters that XML cannot hold. */
function escapeXml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    '\n': '&#10;',
  };
  return text.replace(/[&<>"\n]/g, (character) => entities[character] as string);
}

function paint([red, green, blue, alpha]: Color): string {
  const opacity = alpha === 255 ? '' : ` fill-opacity="${(alpha / 255).toFixed(3)}"`;
  return `fill="#${formatColor([red, green, blue, 255])}"${opacity}`;
}

/** A label as outlines, so that no viewer needs its font; two decimals are finer than any screen. */
function outlines(label: Label, width: number, height: number): string {
  const canvas = createCanvas(width, height, SvgExportFlag.ConvertTextToPaths);
  drawLabel(canvas.getContext('2d'), label);
  const paths = canvas
    .getContent()
    .toString()
    .matchAll(/<path [^>]*?\bd="([^"]*)"/g);
  const data = Array.from(paths, ([, d = '']) => d).join('');
  return data.replace(/-?\d+\.\d+/g, (number) => String(Math.round(Number(number) * 100) / 100));
}

/** Writes a picture as SVG 1.1, in output pixels. */
export function encodeSvg(placeholder: Placeholder, label: Label | undefined): Buffer {
  const width = placeholder.width * placeholder.scale;
  const height = placeholder.height * placeholder.scale;
  const title = placeholder.text === '' ? '' : ` role="img" aria-label="${escapeXml(placeholder.text)}"`;
  const ink = label ? `<path ${paint(placeholder.foreground)} d="${outlines(label, width, height)}"/>` : '';
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"${title}>` +
      `<path ${paint(placeholder.background.colors[0])} d="M0 0h${width}v${height}H0z"/>${ink}</svg>`,
  );
}
