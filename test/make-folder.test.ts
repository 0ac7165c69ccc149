import { existsSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { makeFolder, makeFolderSync } from '../src/make-folder.ts';

const WAYS = { makeFolder, makeFolderSync: async (folder: string) => makeFolderSync(folder) };

for (const [name, make] of Object.entries(WAYS)) {
  t.test(`${name} makes folders that are missing, and ends where none can be made`, async (t) => {
    const folder = join(t.testdir({ file: '' }), 'a', 'b');
    await make(folder);
    await make(folder);
    t.ok(existsSync(folder));
    await t.rejects(make(join(folder, '..', '..', 'file', 'c')), { code: 'ENOTDIR' });
    await t.rejects(make('/proc/none/a'), { code: 'ENOENT' }, { skip: !existsSync('/proc/self') });
  });
}
