import { answerControl, type Controlled, isControlRequest } from './control.ts';
import { answerDataPlane } from './data-plane/answer.ts';
import { loadBalancerRequest } from './load-balancer-address.ts';
import { answerPage } from './page/answer.ts';
import { serviceSignedFor } from './signed-for.ts';
import { DroppedConnection } from './wire/dropped-connection.ts';
import type { WireRequest, WireResponse } from './wire/messages.ts';
import type { Service } from './wire/service.ts';

export type Route = (request: WireRequest, requestId: string) => Promise<WireResponse>;

/** Which part of the local cloud a request is for: a service, the load balancer, the control API or the page. */
export function createRouter({
  services,
  ...controlled
}: Controlled & { services: ReadonlyMap<string, Service> }): Route {
  return async (request, requestId) => {
    const signedFor = serviceSignedFor(request);
    if (signedFor !== undefined) {
      const service = services.get(signedFor);
      return service ? await askService(service, request, requestId) : refuse(404, `There is no service ${signedFor}.`);
    }
    const forLoadBalancer = loadBalancerRequest(request);
    if (forLoadBalancer) {
      return await answerDataPlane(controlled.world, forLoadBalancer);
    }
    if (!request.url.startsWith('/_sim')) {
      return refuse(403, 'Missing Authentication Token');
    }
    const page = isControlRequest(request) ? undefined : answerPage(controlled.world, request.url);
    return page ?? answerControl(controlled, request);
  };
}

/** A handler that fails by mistake is on the request log already, with its stack; its caller gets what AWS would say. */
async function askService(service: Service, request: WireRequest, requestId: string): Promise<WireResponse> {
  try {
    return await service.answer(request, requestId);
  } catch (error) {
    if (error instanceof DroppedConnection) {
      throw error;
    }
    return service.fail(requestId);
  }
}

function refuse(status: number, message: string): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
}
