import { ICON_BOX, ICON_STROKE, iconPaths } from '../options/icon-set.ts';
import type { Placeholder } from '../options/options.ts';
import { Path2D, type SKRSContext2D } from './canvas.ts';
import type { LabelBox } from './layout.ts';
import { labelAlign, labelRooms, labelSizes } from './room.ts';

/** An icon: the top left of its square and its side, in output pixels. */
export interface IconRun {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** Side of an icon as a share of the picture's shorter side: alone, and above a label. */
const SHARE = { alone: 0.44, above: 0.36 };
/** Up to this side, in px, an icon alone takes all the room: it is the size that icons are made for. */
const USUAL = 24;
/** The largest share of a room's height that an icon takes above a label. */
const MOST_OF_ROOM = 0.5;
/** Side of an icon as a multiple of the label's size, where the URL gives one. */
const IN_SIZES = 2;
/** Gap between the icon's square and the capitals of the label, as a share of the square, which has some air itself. */
const GAP = 0.18;
/** Air on each side of nearly all icons, as a share of the square: an icon at an edge is moved by it. */
const AIR = 2 / ICON_BOX;
/** Below this side, in px, an icon is left out: it would be a blot. */
const LEAST = 6;

/** Side of a picture's icon, and the height that it takes with the gap, in px before scaling. */
function sizes(placeholder: Placeholder): { readonly side: number; readonly taken: number } {
  const { width, height, size, text } = placeholder;
  const { rooms } = labelRooms(placeholder);
  const shorter = Math.min(width, height);
  if (text === '') {
    const room = size === undefined ? rooms[0] : (rooms.at(-1) ?? rooms[0]);
    const wanted = size ?? Math.max(USUAL, shorter * SHARE.alone);
    const side = Math.floor(Math.min(wanted, room.width, room.height));
    return { side, taken: side };
  }
  const wanted = size === undefined ? shorter * SHARE.above : size * IN_SIZES;
  const side = Math.floor(Math.min(wanted, rooms[0].width, rooms[0].height * MOST_OF_ROOM));
  return { side, taken: side + Math.round(side * GAP) };
}

/** Largest label under an icon, as a share of the icon, which should be seen first. */
const UNDER = 0.58;

/** The sizes that a label may have under its picture's icon, in px before scaling. */
export function sizesUnderIcon(placeholder: Placeholder): ReturnType<typeof labelSizes> {
  const usual = labelSizes(placeholder);
  if (placeholder.icon === undefined || usual.isExact) return usual;
  const most = Math.max(usual.comfortable, sizes(placeholder).side * UNDER);
  return { ...usual, size: Math.min(usual.size, most), wrapBelow: Math.min(usual.wrapBelow, most) };
}

/** The rooms of a picture's label, less the height that its icon takes. */
export function roomsBelowIcon(placeholder: Placeholder): LabelBox['rooms'] {
  const { rooms } = labelRooms(placeholder);
  if (placeholder.icon === undefined) return rooms;
  const { taken } = sizes(placeholder);
  const [first, ...others] = rooms.map(({ width, height }) => ({
    width,
    height: Math.max(0, height - taken),
  }));
  return first ? [first, ...others] : rooms;
}

/**
 * Where a picture's icon goes: above its label, which moves down by `shift`, so that both together are placed like a
 * label alone; undefined where there is no room.
 * @param labelTop top of the label's capitals without the icon, in output pixels; undefined without a label
 */
export function placeIcon(
  placeholder: Placeholder,
  labelTop: number | undefined,
): (IconRun & { readonly shift: number }) | undefined {
  const { icon: name, scale } = placeholder;
  const { side, taken } = sizes(placeholder);
  if (name === undefined || side < LEAST) return undefined;
  const { left, top, rooms } = labelRooms(placeholder);
  const [{ width, height }] = rooms;
  const align = labelAlign(placeholder);
  const across = { left: -side * AIR, center: (width - side) / 2, right: width - side + side * AIR }[align.x];
  const down = { top: 0, center: (height - side) / 2, bottom: height - side }[align.y];
  return {
    name,
    x: Math.round(Math.max(0, left + across) * scale),
    y: Math.round(labelTop ?? (top + down) * scale),
    side: side * scale,
    shift: taken * scale,
  };
}

/** Draws an icon with the context's fill; the context is in output pixels. */
export function drawIcon(context: SKRSContext2D, { name, x, y, side }: IconRun): void {
  context.save();
  context.translate(x, y);
  context.scale(side / ICON_BOX, side / ICON_BOX);
  context.strokeStyle = context.fillStyle;
  context.lineWidth = ICON_STROKE;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  // One path, so that no pixel is inked twice where lines cross.
  const lines = new Path2D();
  for (const { data, isFilled, isStroked, rule } of iconPaths(name)) {
    const path = new Path2D(data);
    if (isFilled) context.fill(path, rule);
    if (isStroked) lines.addPath(path);
  }
  context.stroke(lines);
  context.restore();
}
