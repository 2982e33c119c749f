import { Script } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { pageScript } from '../../../sim/local/playground/page-script.ts';
import { patchScript } from '../../../sim/page/patch-script.ts';

describe('the scripts of the pages', () => {
  it('are JavaScript that no HTML parser ends early', () => {
    expect(() => new Script(patchScript + pageScript)).not.toThrow();
    expect(patchScript + pageScript).not.toContain('</');
  });
});
