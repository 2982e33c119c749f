import { hostProblem } from '../../domain/hosts.ts';
import type { PlanContext } from './context.ts';
import { publicServices } from './hosts.ts';
import { signInProblems } from './sign-in.ts';

/** What this platform cannot give a blueprint that is right in itself, a sentence each with the field it is about. */
export function platformProblems(context: PlanContext): string[] {
  return [...listenerProblems(context), ...signInProblems(context), ...hostProblems(context), ...doubledNames(context)];
}

/** Asked for a port that nothing listens on, a service would wait for ever, or be missing there without a word. */
function listenerProblems(context: PlanContext): string[] {
  const there = context.platform.loadBalancer.listeners.map(({ port }) => port).sort((a, b) => a - b);
  return publicServices(context).flatMap((service) =>
    (context.blueprint.services[service]?.listeners ?? [])
      .filter((port) => !there.includes(port))
      .map(
        (port) =>
          `\`services.${service}.listeners\`: the load balancer does not listen on this port (found \`${port}\`; allowed: ${there.join(', ')})`,
      ),
  );
}

function hostProblems(context: PlanContext): string[] {
  return publicServices(context).flatMap((service) =>
    context.hostsOf(service).flatMap((host) => {
      const problem = hostProblem(host);
      return problem === undefined ? [] : [`\`services.${service}.host\`: ${problem}`];
    }),
  );
}

/** One name cannot stand for two things; which hosts meet depends on the platform's template. */
function doubledNames(context: PlanContext): string[] {
  const { blueprint, domain } = context;
  const internal = Object.keys(blueprint.services).filter((name) => blueprint.services[name]?.expose === 'internal');
  const names = [
    ...publicServices(context).flatMap((service) =>
      context.hostsOf(service).map((host) => [host, `services.${service}`] as const),
    ),
    ...internal.map((service) => [`${service}.${domain}`, `services.${service}`] as const),
    ...Object.keys(blueprint.aliases).map((label) => [`${label}.${domain}`, `aliases.${label}`] as const),
  ];
  const owners = new Map<string, string>();
  return names.flatMap(([name, owner]) => {
    const other = owners.get(name);
    owners.set(name, other ?? owner);
    return other === undefined
      ? []
      : [`\`${owner}\`: \`${name}\` already stands for \`${other}\`; give one another name`];
  });
}
