import type { Label } from '../label/label.ts';
import type { Placeholder } from '../options/values.ts';
import { plateUnder } from './plate.ts';

/** Whether a label is only letters of one colour with nothing under them; otherwise it needs a canvas. */
export function isPlainLabel(placeholder: Placeholder, label: Label): boolean {
  return label.emoji.length === 0 && plateUnder(placeholder, label) === undefined;
}
