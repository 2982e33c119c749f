import { digestOf } from '../../domain/digest.ts';
import type { SmokeCheck } from '../../domain/resource.ts';
import { signInHost } from '../../domain/sign-in.ts';
import { type AnyNode, node, ready } from '../graph/node.ts';
import { reachabilityNeeds } from './certificates.ts';
import type { PlanContext } from './context.ts';
import { listenersOf, publicServices } from './hosts.ts';
import { signInAt } from './sign-in.ts';
import { postDeployNeeds } from './tasks.ts';

/** Name servers may take a minute after Route 53 reports a change in sync. */
const DEADLINE_SECONDS = 180;

/** Public services that run and that anybody may reach: what Mayfly can check, and what people are given links to. */
export function openServices(context: PlanContext): string[] {
  return publicServices(context).filter((name) => {
    const { sourceCidrs = [], count = 0 } = context.blueprint.services[name] ?? {};
    return sourceCidrs.length === 0 && count > 0;
  });
}

/** Addresses of an open service; by HTTPS wherever a listener speaks it. */
export function urlsOf(context: PlanContext, service: string): string[] {
  const [listener] = listenersOf(context, service).toSorted(
    (a, b) => Number(b.protocol === 'HTTPS') - Number(a.protocol === 'HTTPS'),
  );
  if (!listener) {
    return [];
  }
  const scheme = listener.protocol.toLowerCase();
  const standard = { HTTPS: 443, HTTP: 80 }[listener.protocol];
  const port = listener.port === standard ? '' : `:${listener.port}`;
  return context.hostsOf(service).map((host) => `${scheme}://${host}${port}`);
}

/** Requests that must be answered, through the load balancer, before the environment is called ready. */
export function smokeNodes(context: PlanContext): AnyNode[] {
  const checks = checksOf(context);
  if (checks.length === 0) {
    return [];
  }
  const { deployments: redeploys, record } = context;
  const { headSha } = record.intent;
  const services = [...new Set(checks.map(({ service }) => service))];
  return [
    node({
      key: 'smoke',
      kind: 'smoke',
      name: context.physicalName('smoke'),
      title: 'Smoke checks',
      service: null,
      needs: [
        ...reachabilityNeeds(context),
        ...postDeployNeeds(context),
        ...services.flatMap((service) => [ready(`rollout/${service}`), ready(`target-health/${service}`)]),
      ],
      spec: () => ({
        runKey: digestOf({ headSha, redeploys, checks }),
        checks,
        deadlineSeconds: DEADLINE_SECONDS,
      }),
    }),
  ];
}

/**
 * What the blueprint asks for, and for every other open service that its health path answers at its public address. Mayfly
 * cannot sign in: where people have to, being sent there shows that name, certificate, listener and rule are right, and the
 * target group's health that the service is.
 */
function checksOf(context: PlanContext): SmokeCheck[] {
  const { smoke, services } = context.blueprint;
  return openServices(context).flatMap((service) => {
    const [url] = urlsOf(context, service);
    if (url === undefined) {
      return [];
    }
    const asked = smoke.filter((check) => check.service === service);
    const { path = '/', matcher = '200-399' } = services[service]?.healthCheck ?? {};
    const checks = asked.length > 0 ? asked : [{ path, expect: matcher }];
    const page = signInAt(context, service, { protocol: url.startsWith('https:') ? 'HTTPS' : 'HTTP' });
    const signIn = page ? { signIn: signInHost(page) } : {};
    return checks.map(({ path: at, expect }) => ({ service, url: `${url}${at}`, expect, ...signIn }));
  });
}
