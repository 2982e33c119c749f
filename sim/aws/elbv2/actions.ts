import type {
  Action,
  FixedResponseActionConfig,
  ForwardActionConfig,
  RedirectActionConfig,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { isAuthentication, readAuthentication } from './authentication.ts';
import { quotas } from './quotas.ts';
import { loadBalancerUsing, rulesOfLoadBalancer, targetGroupsOf } from './references.ts';
import type { Listener, LoadBalancer } from './state.ts';
import { checkRange, validationError } from './validation-error.ts';

const CONTENT_TYPES = ['text/plain', 'text/css', 'text/html', 'application/javascript', 'application/json'];

/** Where actions are to stand, and what they replace. */
interface Place {
  readonly loadBalancer: LoadBalancer;
  readonly listener: Pick<Listener, 'protocol'>;
  readonly before?: readonly Action[];
}

/**
 * The actions of a rule or listener as the service keeps them: one that ends the request and, on an HTTPS listener, one
 * before it that authenticates the user; a forward with its `ForwardConfig` written out. Throws what CreateRule and
 * CreateListener refuse. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html
 */
export function readActions(world: World, place: Place, given: readonly Action[]): Action[] {
  const [first, last] = inOrder(given);
  const ending = last ?? first;
  if (!ending || isAuthentication(ending)) {
    throw validationError('A rule must end with exactly one forward, redirect or fixed-response action');
  }
  const read = readAction(ending);
  for (const arn of targetGroupsOf([read])) {
    refuseUnfit(world, place.loadBalancer, arn);
  }
  refuseTooManyGroups(world, place.loadBalancer, targetGroupsOf([read]));
  return first && last ? [readFirst(place, first), read] : [read];
}

/** "This value is required for rules with multiple actions. The action with the lowest value for order is performed first." */
function inOrder(given: readonly Action[]): readonly Action[] {
  if (given.length <= 1) {
    return given;
  }
  const orders = given.map(({ Order }) => Order);
  if (orders.includes(undefined) || new Set(orders).size < orders.length) {
    throw validationError('Each of several actions must have an order of its own');
  }
  for (const order of orders) {
    checkRange('Order', order, [1, 50_000]);
  }
  const sorted = given.toSorted((one, other) => (one.Order ?? 0) - (other.Order ?? 0));
  if (sorted.length > 2 || !sorted.slice(0, -1).every(isAuthentication)) {
    throw validationError('A rule must have exactly one forward, redirect or fixed-response action, as its last');
  }
  return sorted;
}

function readFirst({ listener, before = [] }: Place, action: Action): Action {
  if (listener.protocol !== 'HTTPS') {
    throw new Refusal(
      'InvalidLoadBalancerActionException',
      `Actions of type '${action.Type ?? ''}' are supported only on HTTPS listeners`,
    );
  }
  return { ...readAuthentication(action, before), ...orderOf(action) };
}

const orderOf = ({ Order }: Action): { Order?: number } => (Order === undefined ? {} : { Order });

function readAction(action: Action): Action {
  const order = orderOf(action);
  switch (action.Type) {
    case 'forward':
      return { ...readForward(action), ...order };
    case 'redirect':
      return { Type: 'redirect', RedirectConfig: readRedirect(action.RedirectConfig), ...order };
    case 'fixed-response':
      return { Type: 'fixed-response', FixedResponseConfig: readFixedResponse(action.FixedResponseConfig), ...order };
    case 'authenticate-cognito':
    case 'authenticate-oidc':
    case 'jwt-validation':
    case undefined:
      throw validationError(`Action type '${action.Type ?? ''}' is not one the local cloud can end a request with`);
  }
}

function readForward({ TargetGroupArn, ForwardConfig }: Action): Action {
  const tuples = ForwardConfig?.TargetGroups ?? (TargetGroupArn === undefined ? [] : [{ TargetGroupArn }]);
  const most = quotas['target-groups-per-action-on-application-load-balancer'];
  if (tuples.length === 0 || tuples.length > most) {
    throw validationError(`A forward action must name between 1 and ${most} target groups`);
  }
  const targetGroups = tuples.map(({ TargetGroupArn: arn, Weight = 1 }) => {
    checkRange('Weight', Weight, [0, 999]);
    return { TargetGroupArn: arn, Weight };
  });
  const only = targetGroups.length === 1 ? { TargetGroupArn: targetGroups[0]?.TargetGroupArn } : {};
  const config: ForwardActionConfig = {
    TargetGroups: targetGroups,
    TargetGroupStickinessConfig: ForwardConfig?.TargetGroupStickinessConfig ?? { Enabled: false },
  };
  return { Type: 'forward', ...only, ForwardConfig: config };
}

const REDIRECT_DEFAULTS = {
  Protocol: '#{protocol}',
  Port: '#{port}',
  Host: '#{host}',
  Path: '/#{path}',
  Query: '#{query}',
};

function readRedirect(given: RedirectActionConfig | undefined): RedirectActionConfig {
  if (!given?.StatusCode) {
    throw validationError('A redirect action must have a status code');
  }
  const config = { ...REDIRECT_DEFAULTS, ...given };
  const changed = (['Protocol', 'Port', 'Host', 'Path'] as const).some((key) => config[key] !== REDIRECT_DEFAULTS[key]);
  if (!changed) {
    throw new Refusal('InvalidLoadBalancerActionException', 'The redirect must change protocol, port, host or path');
  }
  return config;
}

function readFixedResponse(given: FixedResponseActionConfig = { StatusCode: '' }): FixedResponseActionConfig {
  const { StatusCode = '', MessageBody = '', ContentType = 'text/plain' } = given;
  if (!/^[245]\d\d$/.test(StatusCode)) {
    throw validationError(`The status code '${StatusCode}' must be 2XX, 4XX or 5XX`);
  }
  if (MessageBody.length > 1024) {
    throw validationError('The message body must be at most 1024 characters');
  }
  if (!CONTENT_TYPES.includes(ContentType)) {
    throw validationError(`The content type '${ContentType}' must be one of '${CONTENT_TYPES.join(', ')}'`);
  }
  return given;
}

function refuseUnfit(world: World, loadBalancer: LoadBalancer, arn: string): void {
  const group = world.elbv2.targetGroups.get(arn);
  if (!group) {
    throw new Refusal('TargetGroupNotFoundException', `Target groups '${arn}' not found`);
  }
  if (group.protocol !== 'HTTP' && group.protocol !== 'HTTPS') {
    throw new Refusal(
      'IncompatibleProtocolsException',
      `Target group '${arn}' has protocol ${group.protocol}, which an application load balancer does not forward`,
    );
  }
  if (group.vpcId !== loadBalancer.vpcId) {
    throw new Refusal(
      'InvalidConfigurationRequestException',
      `The following target groups have a VPC ID that does not match the load balancer: ${arn}`,
    );
  }
  const other = loadBalancerUsing(world.elbv2, arn);
  if (other !== undefined && other !== loadBalancer.arn) {
    throw new Refusal(
      'TargetGroupAssociationLimitException',
      `The following target groups cannot be associated with more than one load balancer: ${arn}`,
    );
  }
}

function refuseTooManyGroups(world: World, loadBalancer: LoadBalancer, added: readonly string[]): void {
  const most = quotas['target-groups-per-application-load-balancer'];
  const used = rulesOfLoadBalancer(world.elbv2, loadBalancer.arn).flatMap((rule) => targetGroupsOf(rule.actions));
  const before = new Set(used);
  const after = new Set([...used, ...added]);
  if (after.size > most && after.size > before.size) {
    throw new Refusal(
      'TooManyUniqueTargetGroupsPerLoadBalancerException',
      `You have reached the maximum number of unique target groups, ${most}, on load balancer '${loadBalancer.arn}'`,
    );
  }
}
