import { Refusal } from '../wire/refusal.ts';
import type { AccessRequest, Decision } from './decide.ts';

/** The code and status that each service denies with; those not named send `AccessDeniedException` and 400. */
const codes: Readonly<Record<string, { code: string; status: number }>> = {
  ec2: { code: 'UnauthorizedOperation', status: 403 },
  elasticloadbalancing: { code: 'AccessDenied', status: 403 },
  iam: { code: 'AccessDenied', status: 403 },
  rds: { code: 'AccessDenied', status: 403 },
  route53: { code: 'AccessDenied', status: 403 },
  sts: { code: 'AccessDenied', status: 403 },
};

export interface Denied {
  /** The signing name of the service that is asked. */
  readonly service: string;
  /** The ARN of who asks. */
  readonly principal: string;
  readonly request: AccessRequest;
  readonly because: Extract<Decision, { isAllowed: false }>['because'];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html#access-denied-message-examples */
export function denial({ service, principal, request: { action, resource }, because }: Denied): Refusal {
  const { code, status } = codes[service] ?? { code: 'AccessDeniedException', status: 400 };
  const reason =
    because === 'explicit-deny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  const what = resource === '*' ? '' : ` on resource: ${resource}`;
  return new Refusal(code, `User: ${principal} is not authorized to perform: ${action}${what} ${reason}`, { status });
}
