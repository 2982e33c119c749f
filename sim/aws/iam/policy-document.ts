import { Refusal } from '../wire/refusal.ts';

const VERSIONS: readonly unknown[] = ['2012-10-17', '2008-10-17', undefined];

type Statement = Readonly<Record<string, unknown>>;

/**
 * Checks a policy that says what its holder may do: actions and resources, no principal. Throws MalformedPolicyDocument.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function checkPermissionsPolicy(document: string): void {
  for (const statement of statementsOf(document, 'Syntax errors in policy.')) {
    if ('Principal' in statement || 'NotPrincipal' in statement) {
      throw malformed('Policy document should not specify a principal.');
    }
    if (!('Action' in statement || 'NotAction' in statement)) {
      throw malformed('Policy statement must contain actions.');
    }
    if (!('Resource' in statement || 'NotResource' in statement)) {
      throw malformed('Policy statement must contain resources.');
    }
  }
}

/** Checks a policy that says who may take a role: principals and actions, no resource. Throws MalformedPolicyDocument. */
export function checkTrustPolicy(document: string): void {
  for (const statement of statementsOf(document, 'This policy contains invalid Json')) {
    if ('Resource' in statement || 'NotResource' in statement) {
      throw malformed('Has prohibited field Resource');
    }
    if (!('Principal' in statement || 'NotPrincipal' in statement)) {
      throw malformed('Missing required field Principal');
    }
    if (!('Action' in statement || 'NotAction' in statement)) {
      throw malformed('Missing required field Action');
    }
  }
}

function statementsOf(document: string, noJson: string): readonly Statement[] {
  const { Version, Statement: held } = objectIn(document, noJson);
  if (!VERSIONS.includes(Version)) {
    throw malformed(`The policy's Version is not valid: ${String(Version)}`);
  }
  const statements: readonly unknown[] = Array.isArray(held) ? held : [held];
  if (statements.length === 0) {
    throw malformed('Syntax errors in policy.');
  }
  return statements.map((statement) => {
    if (!isObject(statement) || (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny')) {
      throw malformed('Syntax errors in policy.');
    }
    return statement;
  });
}

function objectIn(document: string, noJson: string): Statement {
  try {
    const parsed: unknown = JSON.parse(document);
    if (isObject(parsed)) {
      return parsed;
    }
  } catch {
    // Said below, in IAM's words.
  }
  throw malformed(noJson);
}

function isObject(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(message: string): Refusal {
  return new Refusal('MalformedPolicyDocumentException', message);
}

/**
 * The size that counts towards a quota: white space does not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 */
export function sizeOf(document: string): number {
  return document.replace(/\s/g, '').length;
}

/**
 * A document as IAM returns it: "URL-encoded compliant with RFC 3986", so that the characters `encodeURIComponent`
 * leaves alone are encoded too. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
 */
export function encodedDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
