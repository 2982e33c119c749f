import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTerraform } from '../../../tools/infra-e2e/terraform.ts';

/** Prints what Terraform 1.11 prints with `-json`, as far as anybody here reads it. */
const STAND_IN = `#!/bin/sh
case "$2" in
  apply) echo '{"type":"change_summary","changes":{"add":0,"change":0,"remove":0,"operation":"plan"}}'
         echo 'a provider that writes where it should not'
         echo '{"type":"change_summary","changes":{"add":42,"change":1,"import":0,"remove":3,"operation":"apply"}}' ;;
  plan) echo '{"@level":"error","type":"diagnostic","diagnostic":{"severity":"warning","summary":"old","detail":""}}'
        echo '{"@level":"error","type":"diagnostic","diagnostic":{"severity":"error","summary":"Invalid value","detail":"zone must be a name."}}'
        exit 1 ;;
  destroy) exit 3 ;;
esac
`;

describe('a run of Terraform', () => {
  let folder: string;
  const terraform = () =>
    createTerraform({
      folder,
      env: { PATH: `${folder}:/bin:/usr/bin` },
      pluginDirectory: undefined,
      signal: new AbortController().signal,
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mayfly-terraform-'));
    await writeFile(join(folder, 'terraform'), STAND_IN);
    await chmod(join(folder, 'terraform'), 0o755);
  });
  afterAll(async () => await rm(folder, { recursive: true }));

  it('comes to what Terraform counted last', async () => {
    expect(await terraform().apply()).toMatchObject({ add: 42, change: 1, remove: 3 });
  });

  it('says of an error what Terraform says, and nothing of warnings', async () => {
    await expect(terraform().plan()).rejects.toThrow(/^Invalid value: zone must be a name\.$/);
  });

  it('fails although Terraform gave no reason', async () => {
    await expect(terraform().destroy()).rejects.toThrow('terraform ended with 3');
  });

  it('comes to nothing where nothing was counted', async () => {
    await expect(terraform().init()).resolves.toBeUndefined();
  });
});
