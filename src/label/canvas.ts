/**
 * The canvas. The whole process shares its list of fonts. Labels only add their own fonts to it, under unique names,
 * and use no others; fonts of the machine stay in the list.
 */

export type { Canvas, SKRSContext2D, SvgCanvas } from '@napi-rs/canvas';
export { createCanvas, GlobalFonts, loadImage, Path2D, SvgExportFlag } from '@napi-rs/canvas';
