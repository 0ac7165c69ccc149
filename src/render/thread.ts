import { move } from 'piscina';
import type { Placeholder } from '../options/options.ts';
import { lowerThreadPriority } from '../priority.ts';
import { render } from './render.ts';

/** What runs in a render thread. The bytes are copied out of whatever pool they lie in, then handed over. */
export default async function renderInThread(placeholder: Placeholder): Promise<unknown> {
  const bytes = await render(placeholder);
  return move(new Uint8Array(bytes));
}

lowerThreadPriority();
