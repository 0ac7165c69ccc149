import type { Oklch } from '../../color/oklch.ts';
import { between, tone } from '../colors/mixing.ts';
import { along, type Drawing, down, type Shape } from '../drawing.ts';
import { type Frame, ramp } from '../frame.ts';
import { Path, type Point } from '../path.ts';

/** Layers of colour that flow round each other, as in polished stone. */
export function marble(frame: Frame): Drawing {
  const { width, height, random, palette } = frame;
  const reach = Math.max(width, height);
  const colors = random.shuffle(palette.set).sort((a, b) => a.l - b.l);
  if (random.chance(0.5)) colors.reverse();
  const [x, y] = [width * random.range(0.3, 0.7), height * random.range(0.3, 0.7)];
  const [first, last] = [colors[0] as Oklch, colors.at(-1) as Oklch];
  const count = 9;
  const swell = Array.from({ length: count }, () => random.range(0.82, 1.2));
  const shapes: Shape[] = [];
  const layers = 6;
  for (let layer = 0; layer < layers; layer++) {
    const share = layer / (layers - 1);
    const size = reach * 0.74 * (1 - share) ** 1.15 + reach * 0.05;
    for (let i = 0; i < count; i++) swell[i] = (swell[i] as number) * random.range(0.91, 1.1);
    const [cx, cy] = [x + (random.next() - 0.5) * size * 0.22, y + (random.next() - 0.5) * size * 0.22];
    const outline = new Path().blob(
      swell.map((by, i): Point => {
        const angle = (i / count) * 2 * Math.PI;
        return [cx + Math.cos(angle) * size * by, cy + Math.sin(angle) * size * by];
      }),
    );
    const at = share * (colors.length - 1);
    const from = colors[Math.min(colors.length - 2, Math.floor(at))] as Oklch;
    const to = colors[Math.min(colors.length - 1, Math.floor(at) + 1)] as Oklch;
    const color = between(from, to, at - Math.floor(at));
    const tones = [tone(color, 0.14), tone(color, -0.12)];
    if (random.chance(0.5)) tones.reverse();
    const shade = down(cy - size * 0.9, cy + size * 0.9, ramp(tones, 2));
    shapes.push({ path: outline, paint: shade });
  }
  return {
    width,
    height,
    backdrop: [along(0, 0, width, height, ramp([first, between(first, last, 0.25)]))],
    shapes,
  };
}
