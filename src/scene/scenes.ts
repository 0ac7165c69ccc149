import type { Color } from '../color/rgb.ts';
import { bokeh } from './abstract/bokeh.ts';
import { marble } from './abstract/marble.ts';
import { mesh } from './abstract/mesh.ts';
import { shapes } from './abstract/shapes.ts';
import { space } from './abstract/space.ts';
import { animals, bear, cat, dog } from './beings/animals.ts';
import { face } from './beings/face.ts';
import { people } from './beings/people.ts';
import { portrait } from './beings/portrait.ts';
import { robot } from './beings/robot.ts';
import { createPalette } from './colors/palette.ts';
import { type Drawing, grayscale } from './drawing.ts';
import type { Frame } from './frame.ts';
import { desert } from './land/desert.ts';
import { forest } from './land/forest.ts';
import { hills } from './land/hills.ts';
import { mountains } from './land/mountains.ts';
import { Random } from './random.ts';
import { desk } from './things/desk.ts';
import { food } from './things/food.ts';
import { skyline } from './town/skyline.ts';
import { beach } from './water/beach.ts';
import { waves } from './water/waves.ts';

/** Each draws a picture of its kind; the frame's `random` chooses the contents and their places. */
const SCENES = {
  mesh,
  hills,
  waves,
  skyline,
  bokeh,
  mountains,
  forest,
  desert,
  beach,
  space,
  food,
  people,
  desk,
  animals,
  cat,
  dog,
  bear,
  shapes,
  marble,
  face,
  robot,
  portrait,
} as const satisfies Record<string, (frame: Frame) => Drawing>;

export type SceneName = keyof typeof SCENES;

export const SCENE_NAMES = Object.keys(SCENES) as SceneName[];

export interface SceneOptions {
  readonly scene: SceneName;
  /** px before scaling */
  readonly width: number;
  readonly height: number;
  /** Any string: chooses the contents, and the colours if none are given. */
  readonly seed: string;
  /** One to four colours; none to let the seed choose. */
  readonly colors?: readonly Color[] | undefined;
  readonly grayscale?: boolean | undefined;
}

/** The latest drawings: each is needed when a picture's ink is chosen, and again when the picture is drawn. */
const recent = new Map<string, Drawing>();

const MOST_RECENT = 4;

/** Draws a scene: a stand-in for a photograph. The same options give the same drawing. */
export function drawScene(options: SceneOptions): Drawing {
  const key = JSON.stringify(options);
  const known = recent.get(key);
  if (known) return known;
  const drawing = make(options);
  const [oldest] = recent.keys();
  if (recent.size >= MOST_RECENT && oldest !== undefined) recent.delete(oldest);
  recent.set(key, drawing);
  return drawing;
}

/** Most units in the longer side: the work and the bytes of a thin strip grow with them, and nobody sees the details. */
const MOST_UNITS = 24;

/** The measure of a scene's details, in px: about the square root of the area, less in flat and narrow pictures. */
function unitOf(width: number, height: number): number {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  return Math.max(Math.min(Math.sqrt(width * height), short * 1.5), long / MOST_UNITS);
}

function make({ scene, width, height, seed, colors, grayscale: isGrey }: SceneOptions): Drawing {
  const drawing = SCENES[scene]({
    width,
    height,
    unit: unitOf(width, height),
    palette: createPalette({ seed: `${scene} ${seed}`, colors }),
    random: new Random(seed, scene),
  });
  return isGrey ? grayscale(drawing) : drawing;
}
