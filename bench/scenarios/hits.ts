import type { Headers } from '../lib/answer.ts';
import { bars, rowBars } from '../lib/bars.ts';
import { CONNECTIONS, contest, present } from '../lib/contest.ts';
import * as entrants from '../lib/entrants.ts';
import { PINNING_NOTE } from '../lib/serving.ts';
import { LOAD_TOOL } from '../lib/wrk.ts';
import type { Row, Scenario } from '../scenario.ts';

const { greybox, routed, traced, nginx, nginxCache, floor, bun, node } = entrants;
const { fastify, bentocache, cacheable, svgPlaceholder, ipx } = entrants;

/** What Chrome sends for an `<img>`, in its order. */
const BROWSER: Headers = {
  Connection: 'keep-alive',
  'sec-ch-ua-platform': '"Windows"',
  'User-Agent':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'sec-ch-ua': '"Chromium";v="140", "Not=A?Brand";v="24", "Google Chrome";v="140"',
  'sec-ch-ua-mobile': '?0',
  Accept: 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8',
  'Sec-Fetch-Site': 'cross-site',
  'Sec-Fetch-Mode': 'no-cors',
  'Sec-Fetch-Dest': 'image',
  Referer: 'http://localhost:8080/',
  'Accept-Encoding': 'gzip, deflate, br, zstd',
  'Accept-Language': 'en-GB,en-US;q=0.9,en;q=0.8',
};

interface Contest {
  readonly title: string;
  readonly headers: Headers;
  readonly entrants: readonly entrants.Entrant[];
  /** What greybox is to be of others. */
  readonly aims: Readonly<Record<string, number>>;
}

const AIMS = { [entrants.NGINX]: 1.2, [entrants.FLOOR]: 0.72, [entrants.BUN_ROUTE]: 0.85 };

const CONTESTS: Readonly<Record<string, Contest>> = {
  short: {
    title: 'short request headers',
    headers: {},
    entrants: [
      greybox,
      routed,
      traced,
      nginx,
      floor,
      bun,
      nginxCache,
      node,
      fastify,
      bentocache,
      cacheable,
      svgPlaceholder,
      ipx,
    ],
    aims: AIMS,
  },
  browser: {
    title: "a browser's request headers",
    headers: BROWSER,
    entrants: [greybox, routed, nginx, floor, bun, node],
    aims: AIMS,
  },
};

const ROUTED_AIM = 0.95;
/** Requests without `traceparent` stay in the lane where tracing is on, so it costs them nothing, and where it is off neither. */
const TRACED_AIM = 0.9;

const cell = (rows: readonly Row[], server: string, column: string): number | undefined =>
  rows.find((row) => row['server'] === server)?.[column] as number | undefined;

export const scenario: Scenario = {
  name: 'hits',
  title: 'Hits in memory, beside the same answer from other servers',
  run: async (options) => {
    const { note, aim, keep } = options;
    const rows: Row[] = [];
    const panels = [];
    for (const [name, { title, headers, entrants: all, aims }] of Object.entries(CONTESTS)) {
      const found = await contest(present(all, note), headers, options);
      for (const [other, least] of Object.entries(aims))
        aim(`hits, ${title}, of ${other}`, cell(found, greybox.name, `/ ${other}`), { least });
      if (name === 'short') {
        aim('routed hits of node:http', cell(found, routed.name, `/ ${node.name}`), { least: ROUTED_AIM });
        const [on, off] = [traced, greybox].map((one) => cell(found, one.name, 'requests/s per core'));
        aim('hits with tracing on, of those without', (on ?? 0) / (off ?? Number.NaN), { least: TRACED_AIM });
      }
      rows.push(...found.map((row) => ({ headers: name, ...row })));
      panels.push({ title, bars: rowBars(found, { value: 'requests/s per core', ratio: '/ nginx' }) });
    }
    note(`${entrants.PATH} of ${CONNECTIONS} connections. ${LOAD_TOOL} ${PINNING_NOTE}`);
    note(
      'svg-placeholder writes a small SVG for each request, ipx resizes a picture for each: neither has a cache.',
    );
    keep('hits.svg', bars('Cache hits per second and core', panels));
    return rows;
  },
};
