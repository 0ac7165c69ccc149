// The npm package svg-placeholder, as its own command serves it.
import { createServer } from 'node:http';
import { announce } from '../lib/program.ts';

const { default: placeholder } = await import('svg-placeholder' as string);
const server = createServer(placeholder());
server.listen(0, '127.0.0.1', () => announce(server));
