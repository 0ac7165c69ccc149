/**
 * The canvas. Its list of fonts is the whole process', so labels leave it as they find it, fonts of the machine
 * included, but for their own, under names that nothing else has; and they ask for no others.
 */

export type { Canvas, SKRSContext2D, SvgCanvas } from '@napi-rs/canvas';
export { createCanvas, GlobalFonts, loadImage, Path2D, SvgExportFlag } from '@napi-rs/canvas';
