import type { Row, RunOptions } from '../scenario.ts';
import { type Answer, fetchHit, type Headers, headersByName } from './answer.ts';
import { BUN_ROUTE, type Entrant, FLOOR, greybox, NGINX, NODE, PATH } from './entrants.ts';
import { interleave } from './rounds.ts';
import { type Server, withServers } from './servers.ts';
import { measured, servingRows } from './serving.ts';
import { saturate } from './wrk.ts';

/** Connections of a contest: enough that no server waits for the load. */
export const CONNECTIONS = 64;

/** Length of one turn, in s: the least that wrk knows. */
export const SECONDS = 1;

/** What each is compared with. */
const REFERENCES = [NGINX, FLOOR, BUN_ROUTE, NODE];

/** An entrant whose server runs. */
export interface Runner extends Entrant {
  readonly server: Server;
  readonly url: string;
  /** That it is asked with. */
  readonly headers: Headers;
}

/** The entrants that can take part here; a note says who cannot, and why. */
export function present(entrants: readonly Entrant[], note: RunOptions['note']): Entrant[] {
  return entrants.filter(({ name, lacks }) => {
    const reason = lacks?.();
    if (reason !== undefined) note(`${name} is left out: ${reason}.`);
    return reason === undefined;
  });
}

/** The time left differs from second to second. */
const steady = (text: string): string => text.replace(/ttl=\d+/, 'ttl=');

const inOrder = ({ headers, body }: Answer): string =>
  `${steady(headers.join('\n'))}\n${body.toString('base64')}`;

/** Why an answer is not like the model's, as its entrant promises; undefined where it is. */
function unlike({ likeness }: Entrant, answer: Answer, model: Answer): string | undefined {
  if (answer.status !== model.status) return `answers ${answer.status}, not ${model.status}`;
  if (likeness === 'same') return inOrder(answer) === inOrder(model) ? undefined : 'answers otherwise';
  const has = headersByName(answer);
  if (likeness === 'picture')
    return has['content-type']?.startsWith('image/') ? undefined : 'answers without a picture';
  // Each has a validator of its own.
  const { etag: _etag, ...wanted } = headersByName(model);
  const other = Object.entries(wanted).find(([name, value]) => steady(has[name] ?? '') !== steady(value));
  if (other) return `has another ${other[0]}`;
  return answer.body.equals(model.body) ? undefined : 'has another body';
}

/** A conditional request names the validator of the server that is asked. */
async function headersFor(url: string, headers: Headers): Promise<Headers> {
  if (!('If-None-Match' in headers)) return headers;
  const { etag = '' } = headersByName(await fetchHit(url));
  return { ...headers, 'If-None-Match': etag };
}

/**
 * Starts the entrants, greybox first, checks that their answers are alike, and hands them over; stops them at the end.
 * @throws where the comparison would not be fair
 */
export function withRunners<T>(
  entrants: readonly Entrant[],
  headers: Headers,
  use: (runners: readonly Runner[]) => Promise<T>,
): Promise<T> {
  return withServers([() => greybox.start('', {})], async (first) => {
    const model = `${first.origin}${PATH}`;
    const asked = await headersFor(model, headers);
    const wanted = await fetchHit(model, asked);
    if (headersByName(wanted)['x-cache'] !== 'hit-memory')
      throw new Error('the second answer is no hit in memory');
    const others = entrants.filter((entrant) => entrant !== greybox);
    const starts = others.map((entrant) => () => entrant.start(model, asked));
    return withServers(starts, async (...servers) => {
      const runners = await Promise.all(
        entrants.map(async (entrant) => {
          const server = entrant === greybox ? first : (servers[others.indexOf(entrant)] as Server);
          const url = `${server.origin}${entrant.path ?? PATH}`;
          const own = await headersFor(url, headers);
          const answer = await fetchHit(url, own);
          const fault = unlike(entrant, answer, wanted);
          if (fault !== undefined) throw new Error(`${entrant.name} ${fault}: ${url}`);
          return { ...entrant, server, url, headers: own };
        }),
      );
      return use(runners);
    });
  });
}

/** Lets entrants answer one request over and over, as fast as they can, in turns. */
export async function contest(
  entrants: readonly Entrant[],
  headers: Headers,
  options: RunOptions,
): Promise<readonly Row[]> {
  return withRunners(entrants, headers, async (runners) => {
    const contestants = runners.map(({ name, server, url, headers: own }) => ({
      name,
      round: () => measured(server, () => saturate(url, CONNECTIONS, SECONDS, own)),
    }));
    return servingRows(await interleave(contestants, options), REFERENCES);
  });
}
