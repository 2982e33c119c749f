import { answerControl, type Controlled, isControlRequest } from './control.ts';
import { answerDataPlane } from './data-plane/answer.ts';
import { loadBalancerRequest } from './load-balancer-address.ts';
import { answerPage } from './page/answer.ts';
import { serviceSignedFor } from './signed-for.ts';
import { DroppedConnection } from './wire/dropped-connection.ts';
import type { WireRequest, WireResponse } from './wire/messages.ts';
import { answerFromNoService } from './wire/no-service.ts';
import { Refusal } from './wire/refusal.ts';
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
      return service
        ? await askService(service, request, requestId)
        : answerFromNoService(request, unknownService(signedFor), { signedFor, requestId });
    }
    const forLoadBalancer = loadBalancerRequest(request);
    if (forLoadBalancer) {
      return await answerDataPlane(controlled.world, forLoadBalancer);
    }
    if (!request.url.startsWith('/_sim')) {
      return answerFromNoService(request, unsigned(), { requestId });
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
    return service.fail(request, requestId);
  }
}

// Both are of the errors common to all actions (RDS API reference, "Common Errors").

function unknownService(name: string): Refusal {
  return new Refusal('InvalidAction', `The local cloud has no service ${name}.`);
}

function unsigned(): Refusal {
  return new Refusal('MissingAuthenticationToken', 'Missing Authentication Token', { status: 403 });
}
