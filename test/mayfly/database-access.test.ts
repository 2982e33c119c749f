import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { databaseAccessOf } from '../../src/mayfly/database-access.ts';

it('is not begun with certificates that are not there, or are none', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'mayfly-ca-'));
  const none = join(directory, 'none.pem');
  await writeFile(none, 'nothing');
  await expect(databaseAccessOf({ cloneCaFile: '/nowhere.pem' })).rejects.toThrow(
    'reading the certificates of clones /nowhere.pem',
  );
  await expect(databaseAccessOf({ cloneCaFile: none })).rejects.toThrow(`there is no certificate in ${none}`);
  await expect(databaseAccessOf({ cloneCaFile: undefined })).resolves.toBeDefined();
  await rm(directory, { recursive: true });
});
