import {
  MAX_NAME_LENGTH,
  NAME_PATTERN,
  PULL_REQUEST_NAME_PATTERN,
  RESERVED_NAMES,
  SOURCE_NAME_PATTERN,
} from '../domain/naming.ts';
import { TAG_KEYS, TAG_MARKS } from '../domain/tags.ts';

/** Where modules read it, with `jsondecode(file(...))`: a path in this repository. */
export const TERRAFORM_DOMAIN_FILE = 'infra/domain.json';

/** What Terraform has to know of `src/domain`, so that no tag key and no rule of naming is written down twice. */
export function terraformDomainText(): string {
  const domain = {
    tagKeys: TAG_KEYS,
    tagMarks: TAG_MARKS,
    names: {
      pattern: NAME_PATTERN,
      maxLength: MAX_NAME_LENGTH,
      pullRequestPattern: PULL_REQUEST_NAME_PATTERN,
      sourcePattern: SOURCE_NAME_PATTERN,
      reserved: [...RESERVED_NAMES].toSorted(),
    },
  };
  return `${JSON.stringify(domain, undefined, 2)}\n`;
}
