import type { RenderOptions } from '../../options/options.ts';

/** Scenes that can stand for a subject. */
const SCENES: Readonly<Record<string, readonly string[]>> = {
  any: ['hills', 'waves', 'skyline', 'bokeh', 'mesh'],
  nature: ['hills', 'waves'],
  city: ['skyline'],
  food: ['bokeh'],
  people: ['bokeh', 'mesh'],
  technology: ['mesh', 'skyline'],
  animals: ['hills', 'bokeh'],
  abstract: ['mesh', 'bokeh'],
};

/** A number for a text (FNV-1a, 32 bits). */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const unit of Buffer.from(text)) hash = Math.imul(hash ^ unit, 0x01000193);
  return hash >>> 0;
}

/** The scene for some keywords, the same for one seed. */
export function sceneFor(keywords: readonly string[], seed: string): Partial<RenderOptions> {
  const subject = keywords.find((word) => Object.hasOwn(SCENES, word)) ?? 'any';
  const scenes = SCENES[subject] as readonly string[];
  return { scene: scenes[numberOf(seed) % scenes.length] as string } as Partial<RenderOptions>;
}
