/**
 * Seed of all generated inputs: the same in every run, so that a change fails for its own faults only. Another is set by
 * `FUZZ_SEED=7 npm test -- test/fuzz`, and the long forms in bench/ take a new one each time.
 */
export const FUZZ_SEED = Number(process.env['FUZZ_SEED'] ?? 1);
