import { base, byId } from './dom.ts';

/** The form that purges, where the service has a token for it. */
export function bindPurge(): void {
  const form = document.getElementById('purge');
  const said = document.getElementById('purged');
  if (!form || !said) return;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const match = byId<HTMLInputElement>('match').value;
    const token = byId<HTMLInputElement>('token').value;
    try {
      const response = await fetch(`${base}/cache?match=${encodeURIComponent(match)}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${token}` },
      });
      const { purged, detail } = (await response.json()) as { purged?: number; detail?: string };
      said.textContent = response.ok ? `Purged ${purged}` : (detail ?? 'It was refused');
    } catch {
      said.textContent = 'The service does not answer';
    }
  });
}
