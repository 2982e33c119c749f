import { writeFileSync } from 'node:fs';
import { TERRAFORM_DOMAIN_FILE, terraformDomainText } from '../src/config/terraform-domain.ts';

/** Writes what Terraform takes from `src/domain`: `node tools/generate-terraform-domain.ts`. */
writeFileSync(new URL(`../${TERRAFORM_DOMAIN_FILE}`, import.meta.url), terraformDomainText());
