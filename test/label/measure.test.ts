import t from 'tap';
import { isRtl } from '../../src/label/bidi.ts';
import { createCanvas } from '../../src/label/canvas.ts';
import { fitFonts } from '../../src/label/fonts.ts';
import { drawText } from '../../src/label/label.ts';
import { measureWith, placePieces } from '../../src/label/measure.ts';
import { splitRuns } from '../../src/label/label.ts';
