import { meets, type RequestContext } from './condition.ts';
import type { Policy, Statement } from './policy.ts';
import { fitsAction, fitsArn } from './wildcard.ts';

/** One action on one resource: what IAM judges. A call of an API can be several. */
export interface AccessRequest {
  /** `rds:DeleteDBCluster` */
  readonly action: string;
  /** An ARN, or `*` where the action knows no resources. */
  readonly resource: string;
  readonly context: RequestContext;
}

export type Decision =
  | { readonly isAllowed: true; readonly by: readonly Statement[] }
  | { readonly isAllowed: false; readonly because: 'explicit-deny' | 'no-allow' };

/**
 * What the policies of one identity say of a request: an explicit deny wins, and what nothing allows is denied.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(policy: Policy, request: AccessRequest): Decision {
  const speaking = policy.filter((statement) => appliesTo(statement, request));
  if (speaking.some(({ effect }) => effect === 'Deny')) {
    return { isAllowed: false, because: 'explicit-deny' };
  }
  return speaking.length > 0 ? { isAllowed: true, by: speaking } : { isAllowed: false, because: 'no-allow' };
}

/** The same of many requests: which statements speak of an action is found out once. */
export function createJudge(policy: Policy): (request: AccessRequest) => Decision {
  const concerned = new Map<string, Policy>();
  return (request) => {
    const { action } = request;
    const statements = concerned.get(action) ?? policy.filter((statement) => isAbout(statement, action));
    concerned.set(action, statements);
    return decide(statements, request);
  };
}

function isAbout({ actions }: Statement, action: string): boolean {
  return actions.patterns.some((pattern) => fitsAction(action, pattern)) !== actions.isInverted;
}

function appliesTo(statement: Statement, { action, resource, context }: AccessRequest): boolean {
  const { resources, conditions } = statement;
  return (
    isAbout(statement, action) &&
    resources.patterns.some((pattern) => fitsArn(resource, pattern)) !== resources.isInverted &&
    conditions.every((condition) => meets(condition, context))
  );
}
