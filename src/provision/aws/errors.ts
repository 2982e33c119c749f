import { TerminalError, TransientError } from '../../domain/failure.ts';

/**
 * What an answer of AWS means to us. This file alone looks at error names, wire codes and statuses; the sources are
 * aws.md sections 0 to 6.
 */
export type FailureKind =
  /** The service said that there is no such thing. */
  | 'not-found'
  /** The name is taken, perhaps by our own first attempt. */
  | 'already-exists'
  /** A listener rule's priority went to somebody else. */
  | 'priority-in-use'
  /** Something else still refers to it. */
  | 'in-use'
  | 'throttled'
  /** A limit of the account: it passes only when something is removed or the limit is raised. */
  | 'quota'
  /** It is in a state that passes by itself. */
  | 'wrong-state'
  /** Something that stands before every environment, such as the listener, is not there. */
  | 'platform-missing'
  | 'denied'
  | 'invalid'
  | 'network'
  /** The service itself is unwell, or out of capacity. */
  | 'unavailable'
  | 'unknown';

export interface AwsFailure {
  readonly kind: FailureKind;
  /** The wire code, or the exception's name: `DBInstanceNotFound`. */
  readonly code: string;
  readonly message: string;
}

interface Row {
  readonly kind: FailureKind;
  /** Wire codes and exception names alike: SDK v3 sets `name` to the one and `Code` to the other. */
  readonly codes: readonly string[];
  /** Needed where a service uses one code for many things. */
  readonly message?: RegExp;
}

/** The first row that matches decides. */
const TABLE: readonly Row[] = [
  // One code of ECS says five things; only the text tells them apart (aws.md 2.1, 2.2).
  { kind: 'already-exists', codes: ['InvalidParameterException'], message: /Creation of service was not idempotent/i },
  {
    kind: 'wrong-state',
    codes: ['InvalidParameterException'],
    message:
      /still Draining|does not have an associated load balancer|while deployments are active|verify that the ECS service role|assume the service linked role|has a dependent object/i,
  },
  { kind: 'wrong-state', codes: ['InvalidRequestException'], message: /scheduled for deletion|marked for deletion/i },
  { kind: 'not-found', codes: ['ClientException'], message: /Unable to describe task definition/i },
  { kind: 'not-found', codes: ['InvalidChangeBatch'], message: /but it was not found/i },
  { kind: 'wrong-state', codes: ['InvalidParameterValue'], message: /IAM role ARN value is invalid|service linked role/i },
  {
    kind: 'platform-missing',
    codes: [
      'ClusterNotFoundException',
      'DBClusterParameterGroupNotFound',
      'DBClusterParameterGroupNotFoundFault',
      'DBSubnetGroupNotFoundFault',
      'InvalidSubnet',
      'ListenerNotFound',
      'ListenerNotFoundException',
      'LoadBalancerNotFound',
      'LoadBalancerNotFoundException',
      'NoSuchHostedZone',
    ],
  },
  {
    kind: 'not-found',
    codes: [
      'CertificateNotFound',
      'CertificateNotFoundException',
      'DBClusterNotFoundFault',
      'DBInstanceNotFound',
      'DBInstanceNotFoundFault',
      'ImageNotFoundException',
      // The parameter store, of a name it does not hold.
      'InvalidResourceId',
      'NoSuchChange',
      'ParameterNotFound',
      'RepositoryNotFoundException',
      'ResourceNotFoundException',
      'RuleNotFound',
      'RuleNotFoundException',
      'ServiceNotActiveException',
      'ServiceNotFoundException',
      'TargetGroupNotFound',
      'TargetGroupNotFoundException',
    ],
  },
  {
    kind: 'already-exists',
    codes: [
      'DBClusterAlreadyExistsFault',
      'DBInstanceAlreadyExists',
      'DBInstanceAlreadyExistsFault',
      'DuplicateTargetGroupName',
      'DuplicateTargetGroupNameException',
      'ParameterAlreadyExists',
      'ResourceAlreadyExistsException',
      'ResourceExistsException',
    ],
  },
  { kind: 'priority-in-use', codes: ['PriorityInUse', 'PriorityInUseException'] },
  { kind: 'in-use', codes: ['ResourceInUse', 'ResourceInUseException'] },
  // `LimitExceededException` is a quota, although the SDK retries it as throttling (aws.md 0, trap 10).
  {
    kind: 'quota',
    codes: [
      'DBClusterQuotaExceededFault',
      'InstanceQuotaExceeded',
      'InstanceQuotaExceededFault',
      'LimitExceededException',
      'ParameterLimitExceeded',
      'ServiceQuotaExceededException',
      'StorageQuotaExceeded',
      'StorageQuotaExceededFault',
      'TargetGroupAssociationLimit',
      'TooManyCertificates',
      'TooManyCertificatesException',
      'TooManyRules',
      'TooManyRulesException',
      'TooManyTagsException',
      'TooManyTargetGroups',
      'TooManyTargetGroupsException',
      'TooManyUniqueTargetGroupsPerLoadBalancer',
      'TooManyUniqueTargetGroupsPerLoadBalancerException',
    ],
  },
  {
    kind: 'throttled',
    codes: [
      'PriorRequestNotComplete',
      'RequestLimitExceeded',
      'ThrottledException',
      'Throttling',
      'ThrottlingException',
      'TooManyRequestsException',
      'TooManyUpdates',
    ],
  },
  {
    kind: 'wrong-state',
    codes: [
      'ConflictException',
      'InvalidDBClusterStateFault',
      'InvalidDBInstanceState',
      'InvalidDBInstanceStateFault',
      'OperationAbortedException',
      'RequestInProgressException',
      // A certificate that is not issued yet, or not yet known to the load balancer (aws.md 3.2).
      'UnsupportedCertificate',
      'UnsupportedCertificateException',
      'UpdateInProgressException',
    ],
  },
  {
    kind: 'unavailable',
    codes: [
      'InsufficientDBClusterCapacityFault',
      'InsufficientDBInstanceCapacity',
      'InsufficientDBInstanceCapacityFault',
      'InsufficientStorageClusterCapacity',
      'InternalFailure',
      'InternalServerError',
      'InternalServiceError',
      'InternalServiceException',
      'ServerException',
      'ServiceUnavailable',
      'ServiceUnavailableException',
      // Credentials that lapsed or have not arrived yet are fetched again by the SDK.
      'CredentialsProviderError',
      'ExpiredToken',
      'ExpiredTokenException',
    ],
  },
  {
    kind: 'denied',
    codes: [
      'AccessDenied',
      'AccessDeniedException',
      'AuthorizationError',
      'IncompleteSignature',
      'InvalidClientTokenId',
      'KMSKeyNotAccessibleFault',
      'NotAuthorized',
      'OptInRequired',
      'SignatureDoesNotMatch',
      'UnauthorizedOperation',
      'UnrecognizedClientException',
    ],
  },
  {
    kind: 'network',
    codes: ['AbortError', 'ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'NetworkingError', 'TimeoutError'],
  },
  {
    kind: 'invalid',
    codes: [
      'ClientException',
      'HierarchyLevelLimitExceededException',
      'IncompatibleProtocols',
      'IncompatibleProtocolsException',
      'InvalidArnException',
      'InvalidChangeBatch',
      'InvalidConfigurationRequest',
      'InvalidConfigurationRequestException',
      'InvalidDomainValidationOptionsException',
      'InvalidInput',
      'InvalidParameterCombination',
      'InvalidParameterException',
      'InvalidParameterValue',
      'InvalidRequestException',
      'InvalidRestoreFault',
      'InvalidVPCNetworkStateFault',
      'MissingParameter',
      'NetworkTypeNotSupported',
      'OperationNotPermitted',
      'OperationNotPermittedException',
      'PlatformTaskDefinitionIncompatibilityException',
      'PlatformUnknownException',
      'StorageTypeNotSupported',
      'UnsupportedFeatureException',
      'ValidationError',
      'ValidationException',
    ],
  },
];

/** Names what an SDK error means. Anything it does not know is `unknown`, never an absence. */
export function classify(error: unknown): AwsFailure {
  const { names, status, message } = readError(error);
  const row = TABLE.find(
    ({ codes, message: text }) => names.some((name) => codes.includes(name)) && (text === undefined || text.test(message)),
  );
  const code = names[0] ?? 'Unknown';
  return { kind: row?.kind ?? kindOfStatus(status), code, message };
}

function kindOfStatus(status: number | undefined): FailureKind {
  if (status === 429) {
    return 'throttled';
  }
  return status !== undefined && status >= 500 ? 'unavailable' : 'unknown';
}

function readError(error: unknown): { names: string[]; status: number | undefined; message: string } {
  if (!(error instanceof Error)) {
    return { names: [], status: undefined, message: String(error) };
  }
  const { Code, code, $metadata } = error as Error & { Code?: unknown; code?: unknown; $metadata?: { httpStatusCode?: number } };
  const names = [Code, code, error.name].filter((name): name is string => typeof name === 'string' && name !== 'Error');
  return { names, status: $metadata?.httpStatusCode, message: error.message };
}

interface Asking<R> {
  /** Answers that are part of the work. Each gets the failure and answers in the call's stead, or throws. */
  readonly on?: Partial<Record<FailureKind, (failure: AwsFailure) => R | Promise<R>>>;
  /** The request holds a secret: nothing of the service's text, which may quote it, leaves this function. */
  readonly confidential?: boolean;
}

/**
 * One call to AWS. `doing` completes "while …" and names the thing: `creating the target group x`. Whatever the call
 * throws comes out of `on`, or as `TransientError` or `TerminalError`; nothing else leaves.
 */
export async function ask<T, R = never>(doing: string, send: () => Promise<T>, asking: Asking<R> = {}): Promise<T | R> {
  try {
    return await send();
  } catch (error) {
    const failure = classify(error);
    const handler = asking.on?.[failure.kind];
    if (handler) {
      return await handler(failure);
    }
    throw failureOf(doing, failure, asking.confidential === true ? undefined : error);
  }
}

/** `cause` undefined keeps the service's text out of the message as well. */
function failureOf(doing: string, failure: AwsFailure, cause: unknown): TerminalError | TransientError {
  const said = cause === undefined ? failure.code : `${failure.code}: ${plain(failure.message)}`;
  const because = cause === undefined ? {} : { cause };
  switch (failure.kind) {
    case 'quota':
      return new TerminalError('QuotaExceeded', `AWS has no room left while ${doing} (${said}). Raise the quota or remove something.`, { actor: 'operator', ...because });
    case 'denied':
      return new TerminalError('AccessDenied', `AWS refused Mayfly while ${doing} (${deniedAction(failure) ?? failure.code}). Its role needs that permission.`, { actor: 'operator', ...because });
    case 'platform-missing':
      return new TerminalError('PlatformIncomplete', `Part of the platform is not there, found while ${doing} (${said}).`, { actor: 'operator', ...because });
    case 'invalid':
      return new TerminalError('Rejected', `AWS rejected the request while ${doing} (${said}).`, { actor: 'operator', ...because });
    case 'throttled':
      return new TransientError('Throttled', `AWS asked for a slower pace while ${doing}.`, because);
    case 'network':
      return new TransientError('Unreachable', `AWS did not answer while ${doing}.`, because);
    case 'unavailable':
      return new TransientError('Unavailable', `AWS could not serve while ${doing} (${failure.code}).`, because);
    case 'not-found':
    case 'already-exists':
    case 'priority-in-use':
    case 'in-use':
    case 'wrong-state':
      return new TransientError('NotReady', `AWS was not ready while ${doing} (${said}).`, because);
    case 'unknown':
      return new TransientError('Unexpected', `AWS answered something unexpected while ${doing} (${said}).`, because);
  }
}

/** What was not allowed, without the name of the role and the account that AWS puts around it. */
function deniedAction({ message }: AwsFailure): string | undefined {
  const action = /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1];
  return action === undefined ? undefined : `not allowed to ${action}`;
}

/** Messages are shown and compared: request ids would make the same failure look new each time. */
function plain(message: string): string {
  return message.replace(/\s*\(?Request ?ID: ?[\w-]+\)?/gi, '').replace(/\s+/g, ' ').trim();
}
