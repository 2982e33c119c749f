import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { TERRAFORM_DOMAIN_FILE, terraformDomainText } from '../../src/config/terraform-domain.ts';

describe('what Terraform takes from the domain', () => {
  it('is current (else run `node tools/generate-terraform-domain.ts`)', () => {
    expect(readFileSync(new URL(`../../${TERRAFORM_DOMAIN_FILE}`, import.meta.url), 'utf8')).toBe(
      terraformDomainText(),
    );
  });
});
