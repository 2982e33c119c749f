import { serveFromTask } from '../ecs/serve.ts';
import { rulesInOrder } from '../elbv2/rule-lookup.ts';
import type { Listener, LoadBalancer, Rule } from '../elbv2/state.ts';
import type { World } from '../world.ts';
import { addressOf } from './address.ts';
import { authenticate } from './authenticate.ts';
import { listenerCovers } from './certificate-cover.ts';
import { hostNameOf, meets } from './condition-match.ts';
import { connectionError, type DataPlaneRequest, type DataPlaneResponse } from './exchange.ts';
import { forward } from './forward.ts';
import { redirect } from './redirect.ts';
import { standardPage } from './standard-pages.ts';

/**
 * What somebody gets who opens the address: the host is looked up in Route 53, the listener on the port chosen and its
 * certificates tried, then the first rule that matches decides. What fails before HTTP is a 599 with `x-sim-error`.
 */
export async function answerDataPlane(world: World, request: DataPlaneRequest): Promise<DataPlaneResponse> {
  const host = hostNameOf(request.host);
  const address = addressOf(world, host);
  switch (address.kind) {
    case 'nowhere':
      return connectionError(
        'NXDOMAIN',
        `No DNS record in INSYNC leads from ${host} to a load balancer or an address.`,
      );
    case 'ips':
      return askAddresses(world, address.ips, request);
    case 'load-balancer':
      return askLoadBalancer(world, address.loadBalancer, request);
  }
}

function askAddresses(
  world: World,
  ips: readonly string[],
  { listenerPort: port, method, host, path, headers }: DataPlaneRequest,
): DataPlaneResponse {
  for (const ip of ips) {
    const response = serveFromTask(world, { ip, port, method, path, host, headers: { ...headers } });
    if (response) {
      return response;
    }
  }
  return connectionError('REFUSED', `Nothing listens on port ${port} of ${ips.join(', ')}.`);
}

function askLoadBalancer(world: World, loadBalancer: LoadBalancer, request: DataPlaneRequest): DataPlaneResponse {
  const listener = [...world.elbv2.listeners.values()].find(
    ({ loadBalancerArn, port }) => loadBalancerArn === loadBalancer.arn && port === request.listenerPort,
  );
  if (!listener || !loadBalancer.isActive) {
    return connectionError('REFUSED', `${loadBalancer.name} does not listen on port ${request.listenerPort}.`);
  }
  const host = hostNameOf(request.host);
  if (listener.protocol === 'HTTPS' && !listenerCovers(world, listener, host)) {
    return connectionError('TLS', `No certificate on the listener covers ${host}.`);
  }
  const rule = rulesInOrder(world, listener.arn).find(({ conditions }) =>
    conditions.every((condition) => meets(condition, request)),
  );
  return rule ? act({ world, listener, rule }, request) : standardPage(503);
}

interface Matched {
  readonly world: World;
  readonly listener: Listener;
  readonly rule: Rule;
}

function act({ world, listener, rule }: Matched, request: DataPlaneRequest): DataPlaneResponse {
  const stopped = authenticate(world, rule.actions, request);
  if (stopped) {
    return stopped;
  }
  const action = rule.actions.at(-1);
  if (action?.FixedResponseConfig) {
    const { StatusCode, ContentType = 'text/plain', MessageBody = '' } = action.FixedResponseConfig;
    return {
      status: Number(StatusCode),
      headers: { server: 'awselb/2.0', 'content-type': `${ContentType}; charset=utf-8` },
      body: MessageBody,
    };
  }
  if (action?.RedirectConfig) {
    return redirect(action.RedirectConfig, listener, request);
  }
  return forward({ world, listener, rule, config: action?.ForwardConfig ?? {} }, request);
}
