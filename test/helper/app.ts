import type { AddressInfo } from 'node:net';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { Test } from 'tap';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';

/** The service in this process, set by `env` alone and ready for `inject`; `t` closes it. */
export async function testApp(t: Test, env: Readonly<Record<string, string>> = {}): Promise<FastifyInstance> {
  const app = buildApp(readConfig({ env: { LOG_LEVEL: 'silent', ...env } }));
  t.teardown(() => app.close());
  await app.ready();
  return app;
}

/** Has an app listen on a free port of the loopback. */
export async function listen(app: FastifyInstance): Promise<number> {
  await app.listen({ port: 0, host: '127.0.0.1' });
  return (app.server.address() as AddressInfo).port;
}

/** The members of a problem (RFC 9457), after checking what every one of them must have. */
export function problemOf(t: Test, response: LightMyRequestResponse, url: string): Record<string, unknown> {
  const problem = response.json();
  t.match(
    response.headers,
    {
      'content-type': /^application\/problem\+json(;|$)/,
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    },
    'headers of a problem',
  );
  t.match(problem, { type: /\S/, title: /\S/, detail: /\S/, code: /^[a-z-]+$/ }, 'members of a problem');
  t.match(problem, { status: response.statusCode, instance: url }, 'status and instance');
  t.notOk('stack' in problem, 'no stack');
  return problem;
}
