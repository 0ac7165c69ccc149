import assert from 'node:assert';
import { test } from 'node:test';
import { setupServer } from 'msw/node';
import { handlers } from './handlers.js';

test('pictures come without a network', async () => {
  const server = setupServer(...handlers);
  server.listen({ onUnhandledRequest: 'error' });
  for (const url of ['https://picsum.photos/200/300', 'https://placehold.co/600x400/png']) {
    const response = await fetch(url);
    assert.match(response.headers.get('content-type'), /^image\//);
    assert.ok((await response.arrayBuffer()).byteLength > 100);
  }
  server.close();
});
