import { DescribeTargetGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
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
  async function readPool(pool: BudgetPool): Promise<BudgetReading> {
    const reading = { ...pool, limit: limits[pool.kind], items: await itemsOf(clients, pool) };
    onRead(reading);
    return reading;
  }

  return { read: async (pools) => await Promise.all(pools.map(readPool)) };
}

async function itemsOf({ acm, elb, rds }: Clients, { kind, of }: BudgetPool): Promise<readonly string[]> {
  switch (kind) {
    case 'clones':
      return (await readCloneGroup(rds, of)).clones;
    case 'target-groups':
      return await targetGroupsOf(elb, of);
    case 'listener-rules':
      return await rulesOf(elb, of);
    case 'listener-certificates':
      return await attachmentsOf({ acm, elb }, of);
  }
}

async function targetGroupsOf(elb: Elb, loadBalancerArn: string): Promise<string[]> {
  const names: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await ask(`listing the target groups of ${loadBalancerArn}`, () =>
      elb.send(new DescribeTargetGroupsCommand({ LoadBalancerArn: loadBalancerArn, Marker })),
    );
    names.push(...(page.TargetGroups ?? []).map(({ TargetGroupName = '' }) => TargetGroupName));
    Marker = page.NextMarker;
  } while (Marker !== undefined && Marker !== '');
  return names;
}

async function rulesOf(elb: Elb, loadBalancerArn: string): Promise<string[]> {
  const listeners = await listenersOf(elb, loadBalancerArn);
  const rules = await Promise.all(
    listeners.map(async ({ ListenerArn = '' }) => {
      const found = await listRules(elb, ListenerArn, () => false);
      return found.map(({ arn, hosts }) => (hosts.length === 0 ? arn : [ListenerArn, ...hosts].join(' ')));
    }),
  );
  return rules.flat();
}

async function attachmentsOf({ acm, elb }: Pick<Clients, 'acm' | 'elb'>, loadBalancerArn: string): Promise<string[]> {
  const listeners = (await listenersOf(elb, loadBalancerArn)).filter(({ Protocol }) => Protocol === 'HTTPS');
  const summaries = await listCertificates(acm);
  const names = new Map(summaries.map(({ CertificateArn, DomainName }) => [CertificateArn, DomainName?.toLowerCase()]));
  const attached = await Promise.all(
    listeners.map(async ({ ListenerArn = '' }) => {
      const certificates = await certificatesOf(elb, ListenerArn);
      return certificates
        .filter(({ isDefault }) => !isDefault)
        .map(({ arn }) => `${ListenerArn} ${names.get(arn) ?? arn}`);
    }),
  );
  return attached.flat();
}
