import { base, byId } from './dom.ts';

/** The purge form, shown if the service has a token for it. */
export function bindPurge(): void {
  const form = document.getElementById('purge');
  const said = document.getElementById('purged');
  if (!form || !said) return;
  const say = (text: string, isBad: boolean): void => {
    said.textContent = text;
    said.classList.toggle('bad', isBad);
  };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    say('Purging…', false);
    const match = byId<HTMLInputElement>('match').value;
    const token = byId<HTMLInputElement>('token').value;
    try {
      const response = await fetch(`${base}/cache?match=${encodeURIComponent(match)}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${token}` },
      });
      const { purged, detail } = (await response.json()) as { purged?: number; detail?: string };
      if (response.ok) say(`Purged ${purged} ${purged === 1 ? 'picture' : 'pictures'}`, false);
      else say(response.status === 401 ? 'This is not the admin token' : (detail ?? 'It was refused'), true);
    } catch {
      say('The service does not answer', true);
    }
  });
}
