/**
 * Puts text between two markers of a document, in place of what is there.
 * @throws Error where it lacks them
 */
export function between(document: string, markers: readonly [string, string], text: string): string {
  const [from, to] = markers.map((marker) => document.indexOf(marker)) as [number, number];
  if (from < 0 || to < from) throw new Error(`the document must hold ${markers.join(' and ')}`);
  return `${document.slice(0, from + markers[0].length)}\n\n${text}\n\n${document.slice(to)}`;
}
