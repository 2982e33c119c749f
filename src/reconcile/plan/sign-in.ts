import { isWithin } from '../../domain/cidr.ts';
import type { SignIn } from '../../domain/sign-in.ts';
import type { PlanContext } from './context.ts';
import { type Listener, listenersOf, publicServices } from './hosts.ts';

/**
 * Where people sign in before the service answers them; undefined where nobody has to. Only an HTTPS listener can ask
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html).
 */
export function signInAt(
  context: PlanContext,
  service: string,
  { protocol }: Pick<Listener, 'protocol'>,
): SignIn | undefined {
  const { authentication } = context.platform.loadBalancer;
  return protocol === 'HTTPS' && !isForMachines(context, service) ? authentication?.cognito : undefined;
}

/** Services that would be open to everybody at a listener that cannot ask who they are, a sentence each. */
export function signInProblems(context: PlanContext): string[] {
  const { authentication } = context.platform.loadBalancer;
  if (!authentication) {
    return [];
  }
  const trusted = authentication.trustedCidrs;
  const remedy =
    trusted.length === 0 ? 'leave it out' : `leave it out, or give \`sourceCidrs\` within ${trusted.join(', ')}`;
  return publicServices(context).flatMap((service) =>
    listenersOf(context, service)
      .filter(({ protocol }) => protocol === 'HTTP' && !isForMachines(context, service))
      .map(
        ({ port }) =>
          `\`services.${service}.listeners\`: people have to sign in on this platform, and port ${port} cannot ask them to; ${remedy}`,
      ),
  );
}

/** Machines cannot sign in; which networks are of machines, the operator says, and not the author of a blueprint. */
function isForMachines({ platform, blueprint }: PlanContext, service: string): boolean {
  const trusted = platform.loadBalancer.authentication?.trustedCidrs ?? [];
  const { sourceCidrs = [] } = blueprint.services[service] ?? {};
  return sourceCidrs.length > 0 && sourceCidrs.every((source) => trusted.some((range) => isWithin(source, range)));
}
