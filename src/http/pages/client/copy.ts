import { all, byId, say } from './dom.ts';
import { remember } from './recent.ts';
import type { State } from './state.ts';

/** Copies text to the clipboard; an insecure origin has only the old method. */
async function write(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) throw new Error('refused');
}

/** Copies the picture itself to the clipboard, as PNG: browsers accept no other format. */
async function writeImage(state: State): Promise<void> {
  const url = state.with({ format: 'png' });
  const png = fetch(url).then((response) => response.blob());
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
}

/** The text to copy for a kind. */
function textOf(state: State, kind: string): string {
  if (kind === 'url') return new URL(state.own, location.href).href;
  const snippets = state.explanation?.snippets as Record<string, string> | undefined;
  return snippets?.[kind] ?? '';
}

/** Selects text that could not be copied, so that one key press copies it. */
function selectCode(text: string): void {
  const code = byId('code');
  code.textContent = text;
  code.focus();
  getSelection()?.selectAllChildren(code);
}

/** Copies as one kind, once the service has answered. */
export async function copy(state: State, kind: string): Promise<void> {
  await state.settled;
  if (state.problem) return say('Nothing is copied: this URL has no picture');
  try {
    if (kind === 'image') await writeImage(state);
    else await write(textOf(state, kind));
    say(kind === 'image' ? 'Copied the picture' : `Copied: ${kind === 'url' ? 'URL' : kind}`);
    remember(state.own);
  } catch {
    if (kind === 'image') return say('The browser does not let this page copy pictures; download it');
    selectCode(textOf(state, kind));
    say('The browser does not let this page copy; the code is selected');
  }
}

export function bindCopies(state: State): void {
  const code = byId('code');
  let kind = 'img';
  const show = (): void => {
    code.textContent = textOf(state, kind);
    for (const button of all('.copies [data-copy]'))
      button.setAttribute('aria-pressed', String(button.getAttribute('data-copy') === kind));
  };
  for (const button of all<HTMLButtonElement>('[data-copy]'))
    button.addEventListener('click', () => {
      kind = button.dataset['copy'] ?? kind;
      if (kind !== 'image') show();
      void copy(state, kind);
    });
  byId('download').addEventListener('click', () => remember(state.own));
  state.listen({
    explained: show,
    refused: () => {
      code.textContent = '';
    },
  });
}
