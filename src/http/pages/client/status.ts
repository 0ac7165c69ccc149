import { base, byId } from './dom.ts';
import { draw, type Status } from './status-board.ts';
import { bindPurge } from './status-purge.ts';

/** How often the service is asked, in ms. */
const EVERY = 2000;

const live = byId('live');

/** Asks once. A hidden page asks nothing. */
async function ask(): Promise<void> {
  if (document.hidden) return;
  try {
    const response = await fetch(`${base}/status.json`, { signal: AbortSignal.timeout(EVERY * 2) });
    if (!response.ok) throw new Error(String(response.status));
    draw((await response.json()) as Status, performance.now());
    live.textContent = 'live';
    live.dataset['state'] = 'up';
  } catch {
    if (live.dataset['state'] !== 'down') {
      live.textContent = `no answer since ${new Date().toLocaleTimeString()}; asking again`;
      live.dataset['state'] = 'down';
    }
  }
}

async function run(): Promise<void> {
  for (;;) {
    await ask();
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}

document.addEventListener('visibilitychange', () => void ask());
bindPurge();
void run();
