import { Refusal } from '../wire/refusal.ts';
import { accessDenied } from './refusals.ts';
import type { Bucket } from './state.ts';

type Statement = Readonly<Record<string, unknown>>;

const LARGEST = 20 * 1024;

/** The body of a policy is its text; the SDK's schema has it as a string. */
export const textOf = (policy: unknown): string => (typeof policy === 'string' ? policy : '');

/**
 * Checks a policy of a bucket: principals, actions and resources, and that no resource is outside the bucket. A policy
 * that lets everybody in is refused while the bucket blocks such. Nothing is enforced on anybody here.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export function checkPolicy(text: string, bucket: Bucket): { Policy: string } {
  if (text.length > LARGEST) {
    throw malformed('Policy exceeds the maximum allowed document size.');
  }
  const statements = statementsIn(text);
  for (const statement of statements) {
    checkStatement(statement, bucket);
  }
  const blocks = bucket.settings.get('PublicAccessBlock')?.['BlockPublicPolicy'] === true;
  if (blocks && statements.some(letsEverybodyIn)) {
    throw accessDenied();
  }
  return { Policy: text };
}

function statementsIn(text: string): readonly Statement[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw malformed("Policies must be valid JSON and the first byte must be '{'");
  }
  const { Statement: held } = isObject(parsed) ? parsed : {};
  const statements: readonly unknown[] = Array.isArray(held) ? held : [held];
  if (statements.length === 0 || !statements.every(isObject)) {
    throw malformed('Missing required field Statement');
  }
  return statements;
}

function checkStatement(statement: Statement, { arn }: Bucket): void {
  const has = (name: string): boolean => name in statement || `Not${name}` in statement;
  if (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny') {
    throw malformed('Missing required field Effect');
  }
  const missing = ['Principal', 'Action', 'Resource'].find((name) => !has(name));
  if (missing !== undefined) {
    throw malformed(`Missing required field ${missing}`);
  }
  const resources = [statement['Resource'] ?? []].flat();
  const isWithin = (resource: unknown): boolean =>
    typeof resource === 'string' && (resource === arn || resource.startsWith(`${arn}/`));
  if (!resources.every(isWithin)) {
    throw malformed('Policy has invalid resource');
  }
}

function letsEverybodyIn({ Effect, Principal, Condition }: Statement): boolean {
  const principal = isObject(Principal) ? Principal['AWS'] : Principal;
  return Effect === 'Allow' && Condition === undefined && [principal].flat().includes('*');
}

function isObject(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(message: string): Refusal {
  return new Refusal('MalformedPolicy', message);
}
