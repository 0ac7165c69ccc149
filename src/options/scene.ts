import type { Drawing } from '../scene/drawing.ts';
import { drawScene, type SceneOptions } from '../scene/scenes.ts';
import { flatten } from './color.ts';
import type { Reading } from './option.ts';

/** What a scene shows that has no seed: any other would do, but this one is seen first, and is good in all of them. */
const DEFAULT_SEED = 'scene';

/** A picture's scene; undefined for a picture without one. Colours that show nothing leave them to the seed. */
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
