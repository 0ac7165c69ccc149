// The same route on Fastify, drawn as one would by hand: a canvas of the picture's size and its own PNG encoder.
import { createCanvas } from '@napi-rs/canvas';
import Fastify from 'fastify';
import { setLabelFont } from '../lib/canvas-label.ts';
import { announce } from '../lib/program.ts';

/** Greybox' own proportions: size of the label as a share of the picture's, and most of the width that it takes. */
const [SHARE, WIDEST] = [0.16, 0.8];

function drawPng(width: number, height: number): Promise<Buffer> {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const text = `${width} × ${height}`;
  const size = Math.sqrt(width * height) * SHARE;
  context.fillStyle = '#cccccc';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#494949';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  setLabelFont(context, size);
  const fit = (width * WIDEST) / context.measureText(text).width;
  if (fit < 1) setLabelFont(context, size * fit);
  context.fillText(text, width / 2, height / 2);
  return canvas.encode('png');
}

const app = Fastify();
app.get<{ Params: { size: string } }>('/image/:size', async (request, reply) => {
  const [width = 0, height = 0] = request.params.size.split('x').map(Number);
  return reply.type('image/png').send(await drawPng(width, height));
});
await app.listen({ port: 0, host: '127.0.0.1' });
announce(app.server);
