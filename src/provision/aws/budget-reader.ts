import { DescribeTargetGroupsCommand, type Listener } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { BudgetKind, BudgetPool, BudgetReading } from '../../domain/budget.ts';
import type { BudgetReader } from '../../reconcile/admission/budget-reader.ts';
import { listCertificates } from './certificates.ts';
import type { AwsClients } from './clients.ts';
import { readCloneGroup } from './clone-group.ts';
import type { Elb } from './elb-tags.ts';
import { ask } from './errors.ts';
import { certificatesOf, listenersOf } from './listener-certificate.ts';
import { listRules } from './rules.ts';

type Clients = Pick<AwsClients, 'acm' | 'elb' | 'rds'>;

/** Budgets as AWS shows them: a call for clones, one for target groups, and one for each listener of the load balancer, with whatever certificates it takes. */
export function createBudgetReader({
  clients,
  limits,
  onRead = () => undefined,
}: {
  clients: Clients;
  limits: Readonly<Record<BudgetKind, number>>;
  onRead?: (reading: BudgetReading) => void;
}): BudgetReader {
  async function readPool(pool: BudgetPool, listeners: Listeners): Promise<BudgetReading> {
    const reading = { ...pool, limit: limits[pool.kind], items: await itemsOf({ clients, listeners }, pool) };
    onRead(reading);
    return reading;
  }

  return {
    async read(pools) {
      const listeners = listenersOnce(clients.elb);
      return await Promise.all(pools.map(async (pool) => await readPool(pool, listeners)));
    },
  };
}

type Listeners = (loadBalancerArn: string) => ReturnType<typeof listenersOf>;

/** Rules and certificates are both of listeners: within one reading each load balancer is asked for its own once. */
function listenersOnce(elb: Elb): Listeners {
  const asked = new Map<string, ReturnType<typeof listenersOf>>();
  return async (loadBalancerArn) => {
    const listeners = asked.get(loadBalancerArn) ?? listenersOf(elb, loadBalancerArn);
    asked.set(loadBalancerArn, listeners);
    return await listeners;
  };
}

async function itemsOf(
  { clients: { acm, elb, rds }, listeners }: { clients: Clients; listeners: Listeners },
  { kind, of }: BudgetPool,
): Promise<readonly string[]> {
  switch (kind) {
    case 'clones':
      return (await readCloneGroup(rds, of)).clones;
    case 'target-groups':
      return await targetGroupsOf(elb, of);
    case 'listener-rules':
      return await rulesOf(elb, await listeners(of));
    case 'listener-certificates':
      return await attachmentsOf({ acm, elb }, await listeners(of));
  }
}

/** Of a load balancer without any, TargetGroupNotFound may be said; of one that is not there, LoadBalancerNotFound (both are errors of DescribeTargetGroups, API reference). */
async function targetGroupsOf(elb: Elb, loadBalancerArn: string): Promise<string[]> {
  const names: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await ask(
      `listing the target groups of ${loadBalancerArn}`,
      () => elb.send(new DescribeTargetGroupsCommand({ LoadBalancerArn: loadBalancerArn, Marker })),
      { on: { 'not-found': () => undefined } },
    );
    names.push(...(page?.TargetGroups ?? []).map(({ TargetGroupName = '' }) => TargetGroupName));
    Marker = page?.NextMarker;
  } while (Marker !== undefined && Marker !== '');
  return names;
}

async function rulesOf(elb: Elb, listeners: readonly Listener[]): Promise<string[]> {
  const rules = await Promise.all(
    listeners.map(async ({ ListenerArn = '' }) => {
      const found = await listRules(elb, ListenerArn, () => false);
      return found.map(({ arn, hosts }) => (hosts.length === 0 ? arn : [ListenerArn, ...hosts].join(' ')));
    }),
  );
  return rules.flat();
}

async function attachmentsOf(
  { acm, elb }: Pick<Clients, 'acm' | 'elb'>,
  listeners: readonly Listener[],
): Promise<string[]> {
  const secure = listeners.filter(({ Protocol }) => Protocol === 'HTTPS');
  const summaries = await listCertificates(acm);
  const names = new Map(summaries.map(({ CertificateArn, DomainName }) => [CertificateArn, DomainName?.toLowerCase()]));
  const attached = await Promise.all(
    secure.map(async ({ ListenerArn = '' }) => {
      const certificates = await certificatesOf(elb, ListenerArn);
      return certificates
        .filter(({ isDefault }) => !isDefault)
        .map(({ arn }) => `${ListenerArn} ${names.get(arn) ?? arn}`);
    }),
  );
  return attached.flat();
}
