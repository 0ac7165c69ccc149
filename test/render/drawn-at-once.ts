// Asks for large pictures at once, as a program on a machine of many cores, and tells the most memory that it had: MiB.
import { createPlaceholderValue } from '../../src/options/options.ts';
import { createDrawing } from '../../src/render-placeholder.ts';

const [cores, count] = process.argv.slice(2).map(Number) as [number, number];
const draw = createDrawing(cores);
const options = { width: 2000, height: 2000, bg: 'red,blue' };
const pictures = Array.from({ length: count }, (_, i) =>
  createPlaceholderValue({ ...options, text: `${i}` }),
);
await Promise.all(pictures.map(draw));
process.stdout.write(JSON.stringify(Math.round(process.resourceUsage().maxRSS / 1024)));
process.exit();
