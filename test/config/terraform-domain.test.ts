import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { TERRAFORM_DOMAIN_FILE, terraformDomainText } from '../../src/config/terraform-domain.ts';
import { encodeTags, TAG_KEYS } from '../../src/domain/tags.ts';

const root = new URL('../../', import.meta.url);

describe('what Terraform takes from the domain', () => {
  it('is current (else run `node tools/generate-terraform-domain.ts`)', () => {
    expect(readFileSync(new URL(TERRAFORM_DOMAIN_FILE, root), 'utf8')).toBe(terraformDomainText());
  });

  it('makes an environment with every tag that Mayfly itself writes', () => {
    const written = encodeTags({
      environment: { id: 'a/b#1', name: 'pr-1', pullRequest: { repository: 'a/b', number: 1 } },
      name: 'x',
      branch: 'main',
      commit: '0'.repeat(40),
      expiresAt: new Date(0),
    });
    const main = readFileSync(new URL('infra/modules/environment/main.tf', root), 'utf8');
    const members = [...main.matchAll(/\(local\.domain\.tagKeys\.(\w+)\)/g)].map(([, member]) => member);
    const keys: Readonly<Record<string, string>> = TAG_KEYS;
    // Each resource adds its own name.
    expect(new Set(['name', ...members].map((member) => keys[member ?? '']))).toEqual(new Set(Object.keys(written)));
  });
});
