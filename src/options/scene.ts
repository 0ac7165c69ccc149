import type { Drawing } from '../scene/drawing.ts';
import { drawScene, type SceneOptions } from '../scene/scenes.ts';
import { flatten } from './color.ts';
import type { Reading } from './option.ts';

/** The seed of a scene without one. Any would do, but people see this one first, and it looks good in all scenes. */
const DEFAULT_SEED = 'scene';

/** A picture's scene; undefined for a picture without one. With invisible colours, the seed chooses the colours. */
export function sceneOptions({ width, height, get }: Reading): SceneOptions | undefined {
  const scene = get('scene');
  if (scene === undefined) return undefined;
  const colors = get('bg')
    .filter((color) => color[3] > 0)
    .map((color) => flatten(color));
  return {
    scene,
    width,
    height,
    seed: get('seed') ?? DEFAULT_SEED,
    colors,
    grayscale: get('grayscale'),
  };
}

/** The drawing of a picture with a scene; undefined for any other. */
export function sceneDrawing(picture: Reading): Drawing | undefined {
  const options = sceneOptions(picture);
  return options && drawScene(options);
}
