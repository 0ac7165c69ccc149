import t from 'tap';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { getRoute } from '../../src/http/ops/routes.ts';
import { problemOf } from '../helper/app.ts';

t.test('an unforeseen error is internal, and reveals nothing of the inside', async (t) => {
  const app = buildApp(readConfig({ env: { LOG_LEVEL: 'silent' } }));
  t.teardown(() => app.close());
  getRoute(app, '/broken', () => {
    throw Object.assign(new Error('secret of /home/me'), { parameter: 'secret', value: 'secret' });
  });
  const problem = problemOf(t, await app.inject('/broken'), '/broken');
  t.match(problem, { status: 500, code: 'internal', title: 'Internal error' });
  t.notMatch(JSON.stringify(problem), /secret|home|at /);
  const picture = await app.inject({ url: '/broken', headers: { accept: 'image/*' } });
  t.match([picture.statusCode, picture.headers['content-type']], [500, 'image/svg+xml']);
  t.notMatch(picture.body, /secret|home/);
});
