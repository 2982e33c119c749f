import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../tools/environment/refusal.ts';
import { checkVarFiles } from '../../../tools/environment/var-files.ts';

const here = fileURLToPath(import.meta.url);

describe('files of variables', () => {
  it('are there, or are refused by name: a folder is none', () => {
    expect(() => checkVarFiles([here])).not.toThrow();
    expect(() => checkVarFiles([here, '/nowhere/shop.tfvars'])).toThrow(
      new Refusal('There is no file /nowhere/shop.tfvars, which --var-file names.'),
    );
    expect(() => checkVarFiles(['/'])).toThrow(Refusal);
  });
});
