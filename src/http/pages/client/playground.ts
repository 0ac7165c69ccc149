import { bindControls } from './controls.ts';
import { bindCopies, copy } from './copy.ts';
import { byId } from './dom.ts';
import { bindFormats } from './formats.ts';
import { bindIcons } from './icons.ts';
import { bindLine } from './line.ts';
import { showRecent } from './recent.ts';
import { bindStage } from './stage.ts';
import { State } from './state.ts';
import { bindStops } from './stops.ts';

document.documentElement.classList.add('scripted');

const state = new State();

function roll(): void {
  const seed = byId<HTMLInputElement>('o-seed');
  seed.value = Math.random().toString(36).slice(2, 8);
  state.set({ seed: seed.value });
}

/** By `code`: with Alt a key may give another character. */
const SHORTCUTS: Readonly<Record<string, () => void>> = {
  KeyU: () => byId('url').focus(),
  KeyC: () => void copy(state, 'url'),
  KeyI: () => void copy(state, 'img'),
  KeyR: roll,
};

document.querySelector('[data-action=dice]')?.addEventListener('click', roll);
addEventListener('keydown', (event) => {
  const run = event.altKey && !event.ctrlKey && !event.metaKey ? SHORTCUTS[event.code] : undefined;
  if (!run) return;
  event.preventDefault();
  run();
});

/** Scrolls up to the picture after one is picked. */
function showTop({ target }: Event): void {
  if ((target as Element).closest('.tiles a')) scrollTo({ top: 0 });
}

addEventListener('click', showTop);

bindStage(state);
bindControls(state);
bindStops(state);
bindIcons(state);
bindFormats(state);
bindCopies(state);
bindLine(state);
showRecent();
