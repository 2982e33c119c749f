import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { databaseLookOf } from '../../src/mayfly/database-look.ts';

it('is not begun with certificates that are not there, or are none', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'mayfly-ca-'));
  const none = join(directory, 'none.pem');
  await writeFile(none, 'nothing');
  await expect(databaseLookOf({ cloneCaFile: '/nowhere.pem' })).rejects.toThrow(
    'reading the certificates of clones /nowhere.pem',
  );
  await expect(databaseLookOf({ cloneCaFile: none })).rejects.toThrow(`there is no certificate in ${none}`);
  await expect(databaseLookOf({ cloneCaFile: undefined })).resolves.toBeDefined();
  await rm(directory, { recursive: true });
});
