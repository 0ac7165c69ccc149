type Library = typeof import('../../src/index.ts');

/**
 * The built package, as its users get it: a loader of TypeScript would add its own wrappers to every function, which
 * cost a third of a small picture's time.
 */
const built: Library = await import(new URL('../../dist/index.js', import.meta.url).href);

export const { renderPlaceholder } = built;
