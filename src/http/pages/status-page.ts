import type { FastifyInstance } from 'fastify';
import { type Html, html } from './html.ts';
import { preparedRoute } from './routes.ts';
import { PAGE } from './send.ts';
import { shell } from './shell.ts';
import { ALL_PAGES, type Site } from './site.ts';

export interface StatusOptions {
  /** Whether it has its own port, without the other pages. */
  readonly isApart: boolean;
  /** Whether there is a token to purge with. */
  readonly canPurge: boolean;
}

function purge(): Html {
  return html`<section class="card panel-card needs-script" aria-labelledby="l-purge"><h2 id="l-purge">Purge</h2><form id="purge"><p class="help">A key such as <code>600.400.png</code>, or a glob such as <code>600.400.*</code>: in memory and in the shared tier, on every instance.</p><div class="purge-row"><label>match<input type="text" id="match" required spellcheck="false" autocomplete="off" value="*"></label><label>admin token<input type="password" id="token" required autocomplete="off"></label><button class="primary">Purge</button></div><p id="purged" role="status"></p></form></section>`;
}

/** The path for pictures on the operators' port, for the status page; the port serves no other pictures. */
export const OPS_PICTURES = '/status/pictures';

/** The page's frame; its script fills it from `/status.json`. */
function body({ isApart, canPurge }: StatusOptions): Html {
  return html`<div class="status-head"><h1>Status</h1><p id="live" class="live" role="status">asking…</p></div>
<noscript><p>This page is filled by a script. <a href="/status.json">status.json</a> says the same as data.</p></noscript>
<div class="board needs-script">
<section class="card panel-card wide" aria-labelledby="l-requests"><div class="panel-head"><h2 id="l-requests">Requests</h2><p class="figure"><strong id="rate">–</strong> per second</p></div><svg class="chart" viewBox="0 0 600 120" preserveAspectRatio="none" role="img" aria-label="Requests per second, the last two minutes"><polyline id="area" points=""/><polyline id="line" points=""/></svg><p class="help"><span id="peak">–</span> at most in the last two minutes · <span id="total">–</span> since the start</p></section>
<section class="card panel-card" aria-labelledby="l-process"><h2 id="l-process">Service</h2><dl id="process"></dl></section>
<section class="card panel-card wide" aria-labelledby="l-tiers"><h2 id="l-tiers">Cache</h2><div id="tiers" class="tiers"></div></section>
<section class="card panel-card" aria-labelledby="l-renders"><h2 id="l-renders">Renders</h2><table><thead><tr><th scope="col">format</th><th scope="col">drawn</th><th scope="col">mean</th></tr></thead><tbody id="renders"></tbody></table><dl id="queue"></dl></section>
<section class="card panel-card full" aria-labelledby="l-pictures"><h2 id="l-pictures">Top pictures</h2><ul id="pictures" class="tiles" data-base="${isApart && OPS_PICTURES}"></ul><p id="no-pictures" class="help">None is in memory yet.</p></section>
</div>
${canPurge && purge()}`;
}

/** `/status`: a summary of the cache for people. It belongs on the same port as `/status.json`. */
export function statusPage(app: FastifyInstance, options: StatusOptions): void {
  const make = (site: Site): Html =>
    shell({
      title: 'greybox · status',
      description: 'What the cache holds and has done.',
      name: 'status',
      site,
      body: body(options),
    });
  preparedRoute(app, { url: '/status', kind: PAGE, pages: options.isApart ? ['status'] : ALL_PAGES }, make);
}
