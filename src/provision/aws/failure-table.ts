/** What an answer of AWS means to Mayfly. */
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

export interface FailureRow {
  readonly kind: FailureKind;
  /** Wire codes and exception names alike: SDK v3 sets `name` to the one and `Code` to the other. */
  readonly codes: readonly string[];
  /** Needed where a service uses one code for many things. */
  readonly message?: RegExp;
}

/** What AWS's error codes mean, from the service models and from what the services really send. The first row that matches decides. */
export const FAILURE_TABLE: readonly FailureRow[] = [
  // One code of ECS says five things; only the text tells them apart.
  { kind: 'already-exists', codes: ['InvalidParameterException'], message: /Creation of service was not idempotent/i },
  {
    kind: 'wrong-state',
    codes: ['InvalidParameterException'],
    message:
      /still Draining|does not have an associated load balancer|while deployments are active|verify that the ECS service role|assume the service linked role|has a dependent object/i,
  },
  // CloudWatch Logs, of a key that is not there or whose policy leaves it out: it is no permission of Mayfly's that lacks.
  {
    kind: 'platform-missing',
    codes: ['AccessDeniedException', 'InvalidParameterException'],
    message: /KMS key does not exist or is not allowed to be used/i,
  },
  // ECS says so of the roles it is passed, where other services have a code for it.
  { kind: 'denied', codes: ['ClientException', 'InvalidParameterException'], message: /not authorized to perform/i },
  // Its protection was just taken off, and RDS has not seen it yet.
  { kind: 'wrong-state', codes: ['InvalidParameterCombination'], message: /disable deletion protection/i },
  { kind: 'wrong-state', codes: ['InvalidRequestException'], message: /scheduled for deletion|marked for deletion/i },
  { kind: 'not-found', codes: ['ClientException'], message: /Unable to describe task definition/i },
  { kind: 'not-found', codes: ['InvalidChangeBatch'], message: /but it was not found/i },
  {
    kind: 'wrong-state',
    codes: ['InvalidParameterValue'],
    message: /IAM role ARN value is invalid|service linked role/i,
  },
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
      'DBClusterSnapshotNotFoundFault',
      'DBInstanceNotFound',
      'DBInstanceNotFoundFault',
      'DBSnapshotNotFound',
      'DBSnapshotNotFoundFault',
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
  // `LimitExceededException` is a quota, although the SDK retries it as throttling (`retry` in `@smithy/core`).
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
      'InvalidDBClusterSnapshotStateFault',
      'InvalidDBClusterStateFault',
      'InvalidDBInstanceState',
      'InvalidDBInstanceStateFault',
      'InvalidDBSnapshotState',
      'InvalidDBSnapshotStateFault',
      'OperationAbortedException',
      'RequestInProgressException',
      // A certificate that is not issued yet, or not yet known to the load balancer.
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
    codes: [
      'AbortError',
      'ECONNREFUSED',
      'ECONNRESET',
      'EAI_AGAIN',
      'ENOTFOUND',
      'EPIPE',
      'ETIMEDOUT',
      'NetworkingError',
      'TimeoutError',
    ],
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
      'InvalidLoadBalancerAction',
      'InvalidLoadBalancerActionException',
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
