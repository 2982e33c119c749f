import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { HealthCheck, SpecOf } from '../../domain/resource.ts';
import { provesOwnership } from '../../domain/tags.ts';
import type { Desired, Observation, Provisioner, Release, Released } from '../../reconcile/provisioner.ts';
import { type Elb, elbTags } from './elb-tags.ts';
import { ask } from './errors.ts';
import { claim, FOREIGN, proveOurs, type Tags, toTagList } from './ownership.ts';

type Seen = Observation<'target-group'>;

const DELAY_ATTRIBUTE = 'deregistration_delay.timeout_seconds';

/**
 * The targets of one service. Port and VPC cannot change once it is made; ECS registers each target with a port of its
 * own, so only what can change is kept as wanted.
 */
export function createTargetGroupProvisioner({ elb }: { elb: Elb }): Provisioner<'target-group'> {
  async function observe({ name, spec, environment }: Desired<'target-group'>): Promise<Seen> {
    const group = await find(elb, name);
    if (!group) {
      return { state: 'absent' };
    }
    const arn = group.TargetGroupArn ?? '';
    if (!provesOwnership(await tagsOf(elb, arn), environment)) {
      return { state: 'drifted', outputs: {}, drift: [FOREIGN] };
    }
    const drift = driftOf(group, spec.healthCheck);
    if ((await delayOf(elb, arn)) !== spec.deregistrationDelaySeconds) {
      drift.push('deregistration delay');
    }
    return drift.length === 0 ? { state: 'ready', outputs: { arn } } : { state: 'drifted', outputs: { arn }, drift };
  }

  async function ensure(desired: Desired<'target-group'>, observed: Seen): Promise<Seen> {
    const { name, spec, environment } = desired;
    const created = observed.state === 'absent' ? await create(elb, desired) : undefined;
    const group = created ?? (await find(elb, name));
    if (!group) {
      return { state: 'absent' };
    }
    const arn = group.TargetGroupArn ?? '';
    // Creating one that is there with the same settings succeeds, whoever made it (CreateTargetGroup, API reference).
    claim({ what: `the target group ${name}`, tags: await tagsOf(elb, arn), environment });
    if (driftOf(group, spec.healthCheck).length > 0) {
      await ask(`correcting the target group ${name}`, () =>
        elb.send(new ModifyTargetGroupCommand({ TargetGroupArn: arn, ...healthCheckInput(spec.healthCheck) })),
      );
    }
    await setDelay(elb, arn, spec);
    return { state: 'ready', outputs: { arn } };
  }

  async function release({ name, environment }: Released<'target-group'>): Promise<Release> {
    const group = await find(elb, name);
    if (!group) {
      return { state: 'absent' };
    }
    const arn = group.TargetGroupArn ?? '';
    proveOurs({ what: `the target group ${name}`, tags: await tagsOf(elb, arn), environment });
    const deleted = await ask(
      `deleting the target group ${name}`,
      async () => {
        await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }));
        return true;
      },
      { on: { 'in-use': () => false, 'not-found': () => true } },
    );
    return deleted
      ? { state: 'releasing', underWay: true, waitingFor: 'the target group to be gone', requeueAfterSeconds: 1 }
      : { state: 'releasing', underWay: false, waitingFor: 'the listener to let go of it', requeueAfterSeconds: 3 };
  }

  return { kind: 'target-group', observe, ensure, release };
}

/** Asked for by name, one that is missing is an error, not an empty list. */
async function find(elb: Elb, name: string): Promise<TargetGroup | undefined> {
  const found = await ask(
    `describing the target group ${name}`,
    () => elb.send(new DescribeTargetGroupsCommand({ Names: [name] })),
    { on: { 'not-found': () => undefined } },
  );
  return found?.TargetGroups?.find(({ TargetGroupName }) => TargetGroupName === name);
}

async function tagsOf(elb: Elb, arn: string): Promise<Tags> {
  return (await elbTags(elb, [arn])).get(arn) ?? {};
}

/** Undefined when there is one of that name with other settings. */
async function create(elb: Elb, { name, spec, tags }: Desired<'target-group'>): Promise<TargetGroup | undefined> {
  const created = await ask(
    `creating the target group ${name}`,
    () =>
      elb.send(
        new CreateTargetGroupCommand({
          Name: name,
          Protocol: 'HTTP',
          Port: spec.port,
          VpcId: spec.vpcId,
          TargetType: 'ip',
          HealthCheckProtocol: 'HTTP',
          ...healthCheckInput(spec.healthCheck),
          Tags: toTagList(tags),
        }),
      ),
    { on: { 'already-exists': () => undefined } },
  );
  return created?.TargetGroups?.[0];
}

function healthCheckInput(check: HealthCheck) {
  return {
    HealthCheckEnabled: true,
    HealthCheckPath: check.path,
    HealthCheckIntervalSeconds: check.intervalSeconds,
    HealthCheckTimeoutSeconds: check.timeoutSeconds,
    HealthyThresholdCount: check.healthyThreshold,
    UnhealthyThresholdCount: check.unhealthyThreshold,
    Matcher: { HttpCode: check.matcher },
  };
}

function driftOf(group: TargetGroup, check: HealthCheck): string[] {
  const pairs: [string, unknown, unknown][] = [
    ['health check path', group.HealthCheckPath, check.path],
    ['health check interval', group.HealthCheckIntervalSeconds, check.intervalSeconds],
    ['health check timeout', group.HealthCheckTimeoutSeconds, check.timeoutSeconds],
    ['healthy threshold', group.HealthyThresholdCount, check.healthyThreshold],
    ['unhealthy threshold', group.UnhealthyThresholdCount, check.unhealthyThreshold],
    ['health check matcher', group.Matcher?.HttpCode, check.matcher],
  ];
  return pairs.filter(([, found, wanted]) => found !== wanted).map(([name]) => name);
}

async function delayOf(elb: Elb, arn: string): Promise<number | undefined> {
  const found = await ask(
    'reading the attributes of the target group',
    () => elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn })),
    { on: { 'not-found': () => undefined } },
  );
  const value = found?.Attributes?.find(({ Key }) => Key === DELAY_ATTRIBUTE)?.Value;
  return value === undefined ? undefined : Number(value);
}

async function setDelay(elb: Elb, arn: string, spec: SpecOf<'target-group'>): Promise<void> {
  await ask('setting the deregistration delay of the target group', () =>
    elb.send(
      new ModifyTargetGroupAttributesCommand({
        TargetGroupArn: arn,
        Attributes: [{ Key: DELAY_ATTRIBUTE, Value: String(spec.deregistrationDelaySeconds) }],
      }),
    ),
  );
}
