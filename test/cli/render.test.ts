import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import t, { type Test } from 'tap';
import { FLAG_OPTIONS } from '../../src/cli/render/arguments.ts';
import { Progress } from '../../src/cli/render/progress.ts';
import { RENDER } from '../../src/cli/render/render.ts';
import { startServer } from '../helper/process.ts';
import { runCli } from '../helper/service.ts';

function folderOf(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'greybox-render-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Format and size of each file of a folder. */
async function pictures(folder: string): Promise<Record<string, string>> {
  const files = readdirSync(folder).sort();
  const read = files.map(async (file) => {
    const { format, width, height } = await sharp(join(folder, file)).metadata();
    return [file, `${format} ${width}x${height}`];
  });
  return Object.fromEntries(await Promise.all(read));
}

t.test('sizes in several formats, and what is there is kept', async (t) => {
  const folder = folderOf(t);
  const args = ['render', '60x40', 'favicon', '60x40@2x', '--format', 'webp,jpg', '--out', folder];
  const first = await runCli(t, args);
  t.same([first.code, first.stdout.trim().split('\n').length], [0, 6], 'a line for each');
  t.match(first.stderr, /^greybox: 6 drawn, \d+\.\d kB\n$/);
  t.strictSame(await pictures(folder), {
    '32x32.jpg': 'jpeg 32x32',
    '32x32.webp': 'webp 32x32',
    '60x40.jpg': 'jpeg 60x40',
    '60x40.webp': 'webp 60x40',
    '60x40@2x.jpg': 'jpeg 120x80',
    '60x40@2x.webp': 'webp 120x80',
  });
  const before = readFileSync(join(folder, '60x40.webp'));
  const again = await runCli(t, [...args, '--text', 'Other']);
  t.match([again.code, again.stderr], [0, /^greybox: 0 drawn.*; 6 kept/]);
  t.same(readFileSync(join(folder, '60x40.webp')), before);
  const forced = await runCli(t, [...args, '--text', 'Other', '--force']);
  t.match([forced.code, forced.stderr], [0, /^greybox: 6 drawn/]);
  t.notSame(readFileSync(join(folder, '60x40.webp')), before);
});

t.test('any URL of any dialect from a file, and names from a template', async (t) => {
  const folder = folderOf(t);
  const from = join(folder, 'urls.txt');
  const urls = [
    '# ours',
    '/image/60x40.webp?text=Hi',
    '',
    'https://picsum.photos/id/3/50/30',
    'placehold.co/40x20/png',
  ];
  writeFileSync(from, `${urls.join('\r\n')}\nhttps://nowhere.example/1\navatar/32/Ada\n`);
  const out = join(folder, 'out');
  const { code, stderr } = await runCli(t, ['render', '--from', from, '--out', out, '--name', '{n}-{w}x{h}']);
  t.equal(code, 1, 'one is none');
  t.match(stderr, /^greybox: .*urls\.txt:6: https:\/\/nowhere\.example\/1 is no URL of/m);
  t.strictSame(await pictures(out), {
    '1-60x40.webp': 'webp 60x40',
    '2-50x30.jpeg': 'jpeg 50x30',
    '3-40x20.png': 'png 40x20',
    '5-32x32.png': 'png 32x32',
  });
  const absent = await runCli(t, ['render', '--from', join(folder, 'absent')]);
  t.match([absent.code, absent.stderr], [2, /^greybox: --from: ENOENT/]);
});

t.test('two pictures are never given one file', async (t) => {
  const folder = folderOf(t);
  const same = await runCli(t, ['render', '60x40', '060x40', '60x40?text=Hi', '--out', folder]);
  t.equal(same.code, 0);
  t.match(Object.keys(await pictures(folder)), [/^60x40-[\da-f]{8}\.png$/, '60x40.png']);
  const clash = await runCli(t, ['render', '60x40', '60x40?text=Hi', '--name', '{w}', '--out', folder]);
  t.match(
    [clash.code, clash.stderr],
    [2, /another picture's name already; give --name with \{n\} or \{hash\}/],
  );
});

t.test('--stdout for one', async (t) => {
  const svg = await runCli(t, ['render', '60x40.svg', '--stdout', '--text', 'Hi']);
  t.match([svg.code, svg.stdout, svg.stderr], [0, /^<svg .*<\/svg>\s*$/s, '']);
  const two = await runCli(t, ['render', '60x40', '50x50', '--stdout']);
  t.same(two, { code: 2, stdout: '', stderr: 'greybox: --stdout takes one picture, got 2\n' });
});

t.test('what is called wrongly is named, and draws nothing', async (t) => {
  const folder = folderOf(t);
  for (const [args, message] of [
    [[], /name at least one size or URL/],
    [['60x40', '--colour', 'red'], /^greybox: unknown flag --colour\n$/],
    [['60x40', '--format', 'bmp'], /--format must be of png, .*got bmp/],
    [['60x40', '--name', '{x}'], /--name may hold \{w\}.*got \{x\}/],
    [['60x40', '--name', '{w'], /--name may hold \{w\}.*got \{w$/m],
    [['60x40', '--name='], /--name must end in a file name, got nothing/],
    [['60x40', '--name', 'a/'], /--name must end in a file name, got a\//],
    [['60x40', '--name', '../a'], /--name must stay within --out, .*got \.\.\/a$/m],
    [['60x40', '--name', 'a/../../{w}'], /--name must stay within --out/],
    [['60x40', '--nmae', 'a'], /^greybox: unknown flag --nmae; did you mean --name\?$/m],
    [['60x40', '--out', '--force'], /^greybox: --out needs a value\n$/],
    [['60x40', '--force=no'], /--force takes no value, got no/],
    [['60x40', '2001x1'], /2001x1: width must be an integer from 1 to 2000, got 2001/],
    [['60x40', '--bg', 'no'], /^greybox: --bg must be a hex colour/],
    [['https://picsum.photos/v2/list'], /is no picture, but data/],
    [['60x40.json'], /is no picture, but data/],
  ] as const) {
    const { code, stderr } = await runCli(t, ['render', ...args, '--out', folder]);
    t.match([code, stderr], [2, message], args.join(' '));
  }
  t.strictSame(readdirSync(folder), []);
  const raised = ['render', '2001x1', '--max-dimension', '2001', '--out', folder];
  t.equal((await runCli(t, raised)).code, 0, 'a bound that is raised');
});

t.test('all that is wrong is named at once', async (t) => {
  const wrong = [
    '--bg=no',
    '--quality=0',
    '--format=bmp',
    '--fore',
    '--name={q}',
    '--max-pixels=x',
    '--angle=4',
  ];
  const { code, stderr } = await runCli(t, ['render', '0x1', 'none', ...wrong, '--out', folderOf(t)]);
  t.equal(code, 2);
  t.match(stderr.split('\n').sort(), [
    '',
    /^greybox: --bg must be/,
    /^greybox: --format must be/,
    /^greybox: --max-pixels must be/,
    /^greybox: --name may hold/,
    /^greybox: --quality must be/,
    /^greybox: 0x1: width must be/,
    /^greybox: none: size must be/,
    /^greybox: unknown flag --fore; did you mean --force\?/,
  ]);
});

t.test('a folder is no picture that may be kept', async (t) => {
  const folder = folderOf(t);
  mkdirSync(join(folder, '60x40.png'));
  const { code, stderr } = await runCli(t, ['render', '60x40', '--out', folder]);
  t.match([code, stderr], [1, /60x40\.png: E\w+: .*\n.*1 failed/]);
  t.strictSame(readdirSync(folder), ['60x40.png'], 'no temporary file');
});

t.test('an interrupt leaves whole pictures only', async (t) => {
  const folder = folderOf(t);
  const from = join(folder, 'urls.txt');
  writeFileSync(from, Array.from({ length: 3000 }, (_, i) => `300x${(i % 1000) + 1}?text=${i}`).join('\n'));
  const out = join(folder, 'out');
  const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
  const child = await startServer(
    process.execPath,
    [cli, 'render', '--from', from, '--out', out],
    /-.*\.png$/,
  );
  const closed = once(child, 'close');
  child.kill('SIGINT');
  t.strictSame(await closed, [130, null]);
  const files = readdirSync(out);
  t.ok(files.length > 0 && files.length < 3000, 'it was at work');
  t.strictSame(
    files.filter((file) => !/^300x\d+-[\da-f]{8}\.png$/.test(file)),
    [],
  );
  const end = Buffer.from('IEND').toString('latin1');
  t.ok(files.every((file) => readFileSync(join(out, file)).subarray(-8, -4).toString('latin1') === end));
});

t.test('who reads the lines may go first: the pictures are drawn all the same', async (t) => {
  const folder = folderOf(t);
  const from = join(folder, 'urls.txt');
  writeFileSync(from, Array.from({ length: 50 }, (_, i) => `30x${i + 1}`).join('\n'));
  const out = join(folder, 'out');
  const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
  const child = await startServer(process.execPath, [cli, 'render', '--from', from, '--out', out], /\.png$/);
  child.stdout.destroy();
  t.strictSame(await once(child, 'exit'), [0, null]);
  t.equal(readdirSync(out).length, 50);
});

t.test('a folder that cannot be made is named, and nothing is left behind', async (t) => {
  const folder = folderOf(t);
  writeFileSync(join(folder, 'file'), '');
  const places = [
    join(folder, 'file'),
    join(folder, 'file/a'),
    ...(existsSync('/proc/self') ? ['/proc/self/no/a'] : []),
  ];
  for (const place of places) {
    const { code, stdout, stderr } = await runCli(t, ['render', '60x40', '--out', place]);
    t.match(
      [code, stdout, stderr],
      [1, '', /60x40\.png: (?:ENOTDIR|ENOENT).*\ngreybox: 0 drawn.*; 1 failed\n$/],
    );
  }
  t.strictSame(readdirSync(folder), ['file']);
});

t.test('--help names every option of pictures', async (t) => {
  for (const name of FLAG_OPTIONS) t.match(RENDER.usage(), new RegExp(`--${name} `));
});

t.test('a bar on a terminal, lines elsewhere', async (t) => {
  const printed = (isTTY: boolean, total: number): string => {
    const texts: string[] = [];
    const progress = new Progress(total, { isTTY, columns: 60, write: (text) => texts.push(text) });
    for (let i = 1; i <= total; i++) progress.done(`${i}.png`, i === 1 ? 'kept' : '');
    progress.end();
    return texts.join('');
  };
  t.equal(printed(false, 2), '1.png (kept)\n2.png\n');
  t.equal(printed(true, 1), '1.png (kept)\n', 'no bar for one');
  const bar = printed(true, 2);
  const [half, whole] = ['█'.repeat(15) + '░'.repeat(15), '█'.repeat(30)];
  t.equal(bar, `\r\x1b[K${half} 1/2 1.png\r\x1b[K${whole} 2/2 2.png\r\x1b[K`);
});
