import type { Strike } from '../gate/gate.ts';
import type { Point } from '../gate/point.ts';

/** One way in which a call can fail. */
export interface FaultKind {
  /** `throttle`, or the service's own code. */
  readonly name: string;
  readonly strike: Exclude<Strike, { kind: 'hold' }>;
  /** Both attempts that the SDK makes of a call, so that Mayfly itself meets it; otherwise the first alone. */
  readonly everyAttempt: boolean;
  /** Whether somebody has to act: then Mayfly may also say so on the pull request, and leave it at that. */
  readonly mayFail: boolean;
}

/** What any AWS call may meet: each API's page "Common Errors", and networks. */
const ANY_AWS: readonly FaultKind[] = [
  { name: 'throttle', strike: { kind: 'throttle' }, everyAttempt: true, mayFail: false },
  {
    name: 'InternalFailure',
    strike: { kind: 'refuse', code: 'InternalFailure', message: 'An internal error occurred.', status: 500 },
    everyAttempt: true,
    mayFail: false,
  },
  { name: 'lost request', strike: { kind: 'lose-request' }, everyAttempt: true, mayFail: false },
];

/** Of what changes something: the SDK's second attempt meets its own first, or nobody hears of either. */
const CHANGING_AWS: readonly FaultKind[] = [
  { name: 'lost answer', strike: { kind: 'lose-answer' }, everyAttempt: false, mayFail: false },
  { name: 'lost answers', strike: { kind: 'lose-answer' }, everyAttempt: true, mayFail: false },
];

interface Row {
  /** As in a point: `rds:CreateDBInstance`. */
  readonly operations: RegExp;
  readonly code: string;
  readonly message: string;
  readonly status?: number;
  /** Somebody has to act: a limit has to be raised. */
  readonly mayFail?: boolean;
}

/** What the pages of the operations themselves name. The page of the first of them stands above each group. */
const ROWS: readonly Row[] = [
  // Amazon RDS API Reference, RestoreDBClusterToPointInTime, CreateDBInstance, ModifyDBCluster, DeleteDBCluster: Errors.
  {
    operations: /^rds:(RestoreDBClusterToPointInTime|ModifyDBCluster|CreateDBInstance|DeleteDBCluster)$/,
    code: 'InvalidDBClusterStateFault',
    message: 'DbCluster is in modifying state but expected it to be one of available.',
  },
  {
    operations: /^rds:DeleteDBInstance$/,
    code: 'InvalidDBInstanceStateFault',
    message: 'Instance is currently modifying and cannot be deleted.',
  },
  {
    operations: /^rds:RestoreDBClusterToPointInTime$/,
    code: 'DBClusterQuotaExceededFault',
    message: 'DB cluster quota exceeded.',
    mayFail: true,
  },
  {
    operations: /^rds:RestoreDBClusterToPointInTime$/,
    code: 'InsufficientDBClusterCapacityFault',
    message: 'The DB cluster does not have enough capacity for the current operation.',
  },
  {
    operations: /^rds:CreateDBInstance$/,
    code: 'InstanceQuotaExceededFault',
    message: 'DB instance quota exceeded.',
    mayFail: true,
  },
  {
    operations: /^rds:CreateDBInstance$/,
    code: 'InsufficientDBInstanceCapacityFault',
    message: 'The specified DB instance class is not available in the specified Availability Zone.',
  },
  // Amazon ECS API Reference, RunTask and CreateService: Errors; ServerException is of every operation.
  { operations: /^ecs:/, code: 'ServerException', message: 'A server issue.', status: 500 },
  {
    operations: /^ecs:CreateService$/,
    code: 'InvalidParameterException',
    message: 'The target group with targetGroupArn does not have an associated load balancer.',
  },
  // Elastic Load Balancing API Reference (2015-12-01), CreateRule, CreateTargetGroup, DeleteTargetGroup, AddListenerCertificates.
  {
    operations: /^elasticloadbalancing:CreateRule$/,
    code: 'PriorityInUseException',
    message: "Priority '1' is currently in use",
  },
  {
    operations: /^elasticloadbalancing:CreateRule$/,
    code: 'TooManyRulesException',
    message: 'The maximum number of rules has been reached',
    mayFail: true,
  },
  {
    operations: /^elasticloadbalancing:CreateTargetGroup$/,
    code: 'TooManyTargetGroupsException',
    message: 'The maximum number of target groups has been reached',
    mayFail: true,
  },
  {
    operations: /^elasticloadbalancing:DeleteTargetGroup$/,
    code: 'ResourceInUseException',
    message: 'The target group is currently in use by a listener or a rule',
  },
  {
    operations: /^elasticloadbalancing:AddListenerCertificates$/,
    code: 'UnsupportedCertificate',
    message:
      'The certificate must have a fully-qualified domain name, a supported signature, and a supported key size.',
  },
  {
    operations: /^elasticloadbalancing:AddListenerCertificates$/,
    code: 'TooManyCertificatesException',
    message: 'The maximum number of certificates has been reached',
    mayFail: true,
  },
  // Amazon Route 53 API Reference, ChangeResourceRecordSets: Errors.
  {
    operations: /^route53:ChangeResourceRecordSets$/,
    code: 'PriorRequestNotComplete',
    message: 'The request was rejected because Route 53 was still processing a prior request.',
  },
  // AWS Certificate Manager API Reference, RequestCertificate and DeleteCertificate: Errors.
  {
    operations: /^acm:RequestCertificate$/,
    code: 'LimitExceededException',
    message: 'An ACM quota has been exceeded.',
    mayFail: true,
  },
  {
    operations: /^acm:DeleteCertificate$/,
    code: 'ResourceInUseException',
    message: 'The certificate is in use by another AWS service in the caller’s account.',
  },
  // Amazon CloudWatch Logs API Reference, CreateLogGroup, PutRetentionPolicy, DeleteLogGroup: Errors.
  {
    operations: /^logs:(CreateLogGroup|PutRetentionPolicy|DeleteLogGroup)$/,
    code: 'OperationAbortedException',
    message: 'Multiple concurrent requests to update the same resource were in conflict.',
  },
  {
    operations: /^logs:CreateLogGroup$/,
    code: 'LimitExceededException',
    message: 'You have reached the maximum number of resources that can be created.',
    mayFail: true,
  },
  // AWS Secrets Manager API Reference, CreateSecret: Errors.
  {
    operations: /^secretsmanager:CreateSecret$/,
    code: 'InvalidRequestException',
    message: "You can't create this secret because a secret with this name is already scheduled for deletion.",
  },
  {
    operations: /^secretsmanager:CreateSecret$/,
    code: 'LimitExceededException',
    message: 'The request failed because it would exceed one of the Secrets Manager quotas.',
    mayFail: true,
  },
  // AWS Systems Manager API Reference, PutParameter: Errors.
  {
    operations: /^ssm:PutParameter$/,
    code: 'TooManyUpdates',
    message: 'There are concurrent updates for a resource that supports one update at a time.',
  },
  {
    operations: /^ssm:PutParameter$/,
    code: 'ParameterLimitExceeded',
    message: 'You have exceeded the number of parameters for this AWS account.',
    mayFail: true,
  },
];

/** Services whose protocol is JSON call a denial `AccessDeniedException`, the others `AccessDenied` (their "Common Errors"). */
const DENIES_BRIEFLY = /^(rds|elasticloadbalancing|route53|sts):/;

function denial(operation: string): FaultKind {
  const code = DENIES_BRIEFLY.test(operation) ? 'AccessDenied' : 'AccessDeniedException';
  const message = `User: arn:aws:sts::123456789012:assumed-role/mayfly/local is not authorized to perform: ${operation}`;
  const status = DENIES_BRIEFLY.test(operation) ? 403 : 400;
  return { name: code, strike: { kind: 'refuse', code, message, status }, everyAttempt: true, mayFail: true };
}

/** GitHub documentation, REST API: "Troubleshooting" (5xx, 404 for what one may not see), "Rate limits for the REST API". */
function ofGitHub(now: Date): readonly FaultKind[] {
  const reset = String(Math.ceil(now.getTime() / 1000) + 20);
  const said = (name: string, strike: Omit<Extract<Strike, { kind: 'answer' }>, 'kind'>): FaultKind => ({
    name,
    strike: { kind: 'answer', ...strike },
    everyAttempt: false,
    mayFail: false,
  });
  return [
    said('502', { status: 502, message: 'Server Error' }),
    said('primary limit', {
      status: 403,
      message: 'API rate limit exceeded for installation ID 1.',
      headers: { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
    }),
    said('secondary limit', {
      status: 403,
      message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      headers: { 'retry-after': '20' },
    }),
    { ...said('403', { status: 403, message: 'Resource not accessible by integration' }), mayFail: true },
    { name: 'lost request', strike: { kind: 'lose-request' }, everyAttempt: false, mayFail: false },
    { name: 'lost answer', strike: { kind: 'lose-answer' }, everyAttempt: false, mayFail: false },
  ];
}

/** What was there a moment ago is gone: somebody deleted the comment or the branch. */
const GITHUB_MAY_LOSE = /^(issues\/update-comment|checks\/update|repos\/create-deployment-status|repos\/get-content)$/;

/** Every way in which a request like this one can fail. */
export function faultsOf({ side, operation, mutates }: Point, now = new Date()): readonly FaultKind[] {
  if (side === 'github') {
    const lost: FaultKind = {
      name: '404',
      strike: { kind: 'answer', status: 404, message: 'Not Found' },
      everyAttempt: false,
      mayFail: true,
    };
    return [...ofGitHub(now), ...(GITHUB_MAY_LOSE.test(operation) ? [lost] : [])];
  }
  const own = ROWS.filter(({ operations }) => operations.test(operation)).map(
    ({ code, message, status, mayFail = false }): FaultKind => ({
      name: code,
      strike: { kind: 'refuse', code, message, ...(status !== undefined && { status }) },
      everyAttempt: true,
      mayFail,
    }),
  );
  return [...ANY_AWS, denial(operation), ...(mutates ? CHANGING_AWS : []), ...own];
}
