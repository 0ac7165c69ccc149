import type { Placeholder } from '../options/values.ts';
import { costOf } from './cost.ts';
import type { Demand } from './places.ts';
import { memoryOf } from './working-memory.ts';

/** An estimate of what drawing a picture takes. */
export const demandOf = (placeholder: Placeholder): Demand => ({
  cost: costOf(placeholder),
  bytes: memoryOf(placeholder),
});
