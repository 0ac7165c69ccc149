import { setPriority } from 'node:os';
import { move } from 'piscina';
import type { Placeholder } from '../options/options.ts';
import { render } from './render.ts';

/** What runs in a render thread. The bytes are copied out of whatever pool they lie in, then handed over. */
export default async function renderInThread(placeholder: Placeholder): Promise<unknown> {
  const bytes = await render(placeholder);
  return move(new Uint8Array(bytes));
}

/** On Linux a priority is a thread's own; elsewhere it would be the whole process'. */
const POLITE = 10;
// Who answers requests goes before who draws, where they share a core.
if (process.platform === 'linux') setPriority(POLITE);
