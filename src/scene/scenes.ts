import type { Color } from '../color/rgb.ts';
import { bokeh, mesh } from './abstract.ts';
import { animals, bear, cat, dog } from './animals.ts';
import { desk } from './desk.ts';
import { type Drawing, grayscale } from './drawing.ts';
import { face, marble, portrait, robot } from './figures.ts';
import { food } from './food.ts';
import { hills } from './hills.ts';
import type { Frame } from './landscape.ts';
import { desert, forest, mountains } from './mountains.ts';
import { createPalette, type MoodName } from './palette.ts';
import { people } from './people.ts';
import { Random } from './random.ts';
import { shapes } from './shapes.ts';
import { skyline } from './skyline.ts';
import { space } from './space.ts';
import { beach, waves } from './waves.ts';

/** Each draws a picture of its kind; what is in it, and where, is chosen by the frame's `random`. */
const SCENES = {
  hills,
  mountains,
  forest,
  desert,
  waves,
  beach,
  skyline,
  bokeh,
  mesh,
  shapes,
  space,
  food,
  animals,
  cat,
  dog,
  bear,
  people,
  desk,
  face,
  marble,
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
  /** Any string: chooses what is in the picture, and its colours where none are given. */
  readonly seed: string;
  /** One to four colours; none to let the seed choose. */
  readonly colors?: readonly Color[] | undefined;
  readonly moods?: readonly [MoodName, ...MoodName[]] | undefined;
  readonly grayscale?: boolean | undefined;
}

/** Drawings that were made last: a picture's is asked for when its ink is chosen, and again when it is drawn. */
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

function make({ scene, width, height, seed, colors, moods, grayscale: isGrey }: SceneOptions): Drawing {
  const drawing = SCENES[scene]({
    width,
    height,
    unit: Math.min(Math.sqrt(width * height), Math.min(width, height) * 1.5),
    palette: createPalette({ seed: `${scene} ${seed}`, colors, moods }),
    random: new Random(seed, scene),
  });
  return isGrey ? grayscale(drawing) : drawing;
}
