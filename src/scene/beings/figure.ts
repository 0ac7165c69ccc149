import type { Oklch } from '../../color/oklch.ts';
import { tone } from '../colors/mixing.ts';
import type { Frame } from '../frame.ts';
import { Path } from '../path.ts';

/** The picture's colours: the ground, a head that stands out from it, and the others. */
export function contrastPair(frame: Frame): { ground: Oklch; head: Oklch; others: Oklch[] } {
  const { palette, random } = frame;
  const mixed = random.shuffle(palette.set);
  const ground = mixed[0] as Oklch;
  const far = (color: Oklch): number => {
    const radians = Math.PI / 180;
    return Math.hypot(
      color.l - ground.l,
      color.c * Math.cos(color.h * radians) - ground.c * Math.cos(ground.h * radians),
      color.c * Math.sin(color.h * radians) - ground.c * Math.sin(ground.h * radians),
    );
  };
  const others = mixed.slice(1).sort((a, b) => far(b) - far(a));
  const best = others[0] as Oklch;
  if (palette.isGiven)
    return {
      ground,
      head: far(best) > 0.12 ? best : tone(best, ground.l > 0.6 ? -0.45 : 0.6),
      others: others.slice(1),
    };
  // Faces are light, because they are what people look at.
  const head = { ...best, l: Math.max(0.7, best.l) };
  const isClose = far(head) < 0.16;
  return {
    ground: isClose ? tone(ground, ground.l > 0.75 ? -0.3 : -0.5) : ground,
    head,
    others: others.slice(1),
  };
}

/** An arc as wide as `width`, bent by `bend` (downwards is a smile), with round ends. */
export function arc(width: number, bend: number, thickness: number): Path {
  const [w, t] = [width / 2, thickness / 2];
  return new Path()
    .move(-w, -t)
    .curve(-w * 0.5, bend * 1.33 - t, w * 0.5, bend * 1.33 - t, w, -t)
    .curve(w + t * 1.3, -t, w + t * 1.3, t, w, t)
    .curve(w * 0.5, bend * 1.33 + t, -w * 0.5, bend * 1.33 + t, -w, t)
    .curve(-w - t * 1.3, t, -w - t * 1.3, -t, -w, -t)
    .close();
}
