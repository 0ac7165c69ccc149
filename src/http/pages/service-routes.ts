/** A route that is neither a picture nor a page, as documented. */
export interface ServiceRoute {
  readonly path: string;
  /** Its answer, in a few words of Markdown. */
  readonly what: string;
  readonly type: 'application/json' | 'text/plain';
  /** A required query parameter, with an example. */
  readonly parameter?: { readonly name: string; readonly example: string };
}

/** THE table of routes other than pictures and pages, shown by `/docs` and `/openapi.json`. */
export const SERVICE_ROUTES: readonly ServiceRoute[] = [
  {
    path: '/explain.json',
    what: 'what any URL of a picture means, ours or an old service’s: options, our own URL, snippets',
    type: 'application/json',
    parameter: { name: 'url', example: 'https://placehold.co/600x400' },
  },
  { path: '/openapi.json', what: 'this reference as OpenAPI 3.1', type: 'application/json' },
  {
    path: '/llms.txt',
    what: 'the grammar and twenty examples for a coding agent',
    type: 'text/plain',
  },
  { path: '/icons.json', what: 'the names of all icons', type: 'application/json' },
  {
    path: '/status.json',
    what: 'what the cache holds and has done; `/status` for people',
    type: 'application/json',
  },
  { path: '/metrics', what: 'the same for Prometheus', type: 'text/plain' },
  { path: '/healthz', what: 'the process is alive', type: 'application/json' },
  { path: '/readyz', what: 'the process wants requests; 503 where it does not', type: 'application/json' },
];
