import type { Placeholder } from '../options/values.ts';
import { costOf } from './cost.ts';
import type { Demand } from './places.ts';
import { memoryOf } from './working-memory.ts';

/** What drawing a picture takes, known before it is drawn. */
export const demandOf = (placeholder: Placeholder): Demand => ({
  cost: costOf(placeholder),
  bytes: memoryOf(placeholder),
});
