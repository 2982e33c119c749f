/** A token bucket: it holds up to `capacity` calls and gains `perSecond`. A call takes one from every bucket it matches. */
export interface RateBucket {
  /** A signing name. */
  readonly service: string;
  readonly name: string;
  /** Of the operation name. */
  readonly operations: RegExp;
  readonly capacity: number;
  readonly perSecond: number;
}

/** [service, name, operations, capacity, refill per second]. A bare rate of AWS's pages is a bucket of one second. */
const rows: readonly (readonly [string, string, RegExp, number, number])[] = [
  // Elastic Load Balancing, "API request throttling": categories, and a bucket of the whole account.
  ['elasticloadbalancing', 'account', /./, 40, 10],
  ['elasticloadbalancing', 'register', /^(Register|Deregister)Targets$/, 20, 4],
  ['elasticloadbalancing', 'create-load-balancer', /^CreateLoadBalancer$/, 10, 0.2],
  ['elasticloadbalancing', 'describe', /^(Describe|Get)/, 40, 10],
  [
    'elasticloadbalancing',
    'mutating',
    /^(?!Describe|Get|RegisterTargets$|DeregisterTargets$|CreateLoadBalancer$)/,
    20,
    3,
  ],
  // Amazon ECS, "Request throttling for the Amazon ECS API".
  ['ecs', 'register-task-definition', /^(Register|Deregister)TaskDefinition$/, 20, 1],
  ['ecs', 'delete-task-definitions', /^DeleteTaskDefinitions$/, 5, 1],
  ['ecs', 'read-task-definitions', /^(DescribeTaskDefinition|ListTaskDefinitions|ListTaskDefinitionFamilies)$/, 50, 20],
  ['ecs', 'modify-service', /^(Create|Update|Delete)Service$/, 50, 5],
  ['ecs', 'read-services', /^(DescribeServices|ListServices|ListServicesByNamespace)$/, 100, 20],
  ['ecs', 'modify-tasks', /^(RunTask|StartTask|StopTask)$/, 100, 40],
  ['ecs', 'read-tasks', /^(DescribeTasks|ListTasks)$/, 100, 20],
  ['ecs', 'tag', /^(TagResource|UntagResource)$/, 20, 10],
  ['ecs', 'list-tags', /^ListTagsForResource$/, 50, 20],
  ['ecs', 'modify-cluster', /^(CreateCluster|UpdateCluster|UpdateClusterSettings|DeleteCluster)$/, 20, 1],
  ['ecs', 'read-clusters', /^(DescribeClusters|ListClusters)$/, 50, 20],
  ['ecs', 'service-deployments', /Service(Deployment|Revision)s?$/, 50, 20],
  // Amazon Route 53, "Quotas": five requests a second, all operations together.
  ['route53', 'account', /./, 5, 5],
  // Resource Groups Tagging API quotas.
  ['tagging', 'get-resources', /^GetResources$/, 15, 15],
  ['tagging', 'tag', /^TagResources$/, 5, 5],
  ['tagging', 'untag', /^UntagResources$/, 5, 5],
  ['tagging', 'keys', /^GetTagKeys$/, 5, 5],
  ['tagging', 'values', /^GetTagValues$/, 5, 5],
  // CloudWatch Logs quotas, each operation on its own.
  ['logs', 'CreateLogGroup', /^CreateLogGroup$/, 10, 10],
  ['logs', 'DeleteLogGroup', /^DeleteLogGroup$/, 10, 10],
  ['logs', 'DescribeLogGroups', /^DescribeLogGroups$/, 10, 10],
  ['logs', 'PutRetentionPolicy', /^PutRetentionPolicy$/, 5, 5],
  ['logs', 'TagResource', /^TagResource$/, 5, 5],
  ['logs', 'ListTagsForResource', /^ListTagsForResource$/, 5, 5],
  ['logs', 'DescribeLogStreams', /^DescribeLogStreams$/, 25, 25],
  ['logs', 'FilterLogEvents', /^FilterLogEvents$/, 10, 10],
  ['logs', 'GetLogEvents', /^GetLogEvents$/, 10, 10],
  // EventBridge Scheduler quotas, of this Region.
  ['scheduler', 'create-schedule', /^CreateSchedule$/, 5000, 5000],
];

/**
 * The API rates that the services' guides publish, for eu-west-1. RDS publishes none and ACM's were not found, so
 * neither has a bucket here; `faults` can throttle them.
 */
export const rateBuckets: readonly RateBucket[] = rows.map(([service, name, operations, capacity, perSecond]) => ({
  service,
  name,
  operations,
  capacity,
  perSecond,
}));
