import { CreateRuleCommand, DeleteRuleCommand, DescribeRulesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DnsRecord } from '../../src/domain/resource.ts';
import { TAG_KEYS } from '../../src/domain/tags.ts';
import { createListenerRuleProvisioner } from '../../src/provision/aws/listener-rule.ts';
import { toTagList } from '../../src/provision/aws/ownership.ts';
import { type LocalCloud, startLocalCloud } from '../contract/local-cloud.ts';
import { plantRule, ruleSpec, SPECIMENS, targetGroupSpec } from '../contract/specimens.ts';
import { createScene, type Scene } from '../contract/stage.ts';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud();
}, 60_000);
afterAll(async () => {
  await cloud.close();
});

async function wantedRule(scene: Scene) {
  return await SPECIMENS['listener-rule'].desire(scene);
}

/** The listener is everybody's, and other tests leave rules on it. */
async function lowestFree(count: number): Promise<number[]> {
  const { Rules = [] } = await cloud.clients.elb.send(
    new DescribeRulesCommand({ ListenerArn: cloud.platform.httpListenerArn }),
  );
  const taken = new Set(Rules.map(({ Priority }) => Number(Priority)));
  return Array.from({ length: 100 }, (_, index) => 100 + index)
    .filter((priority) => !taken.has(priority))
    .slice(0, count);
}

describe('listener-rule', () => {
  it('never takes the same priority twice, whoever asks at once, and uses holes again', async () => {
    const expected = await lowestFree(6);
    const scenes = Array.from({ length: 6 }, () => createScene(cloud));
    const desired = await Promise.all(scenes.map(wantedRule));
    // Three processes, each with an allocator of its own.
    const processes = Array.from({ length: 3 }, () => createListenerRuleProvisioner({ elb: cloud.clients.elb }));
    const made = await Promise.all(
      desired.map(async (one, index) => await processes[index % 3]?.ensure(one, { state: 'absent' })),
    );
    const rules = made.flatMap((one) => (one?.state === 'ready' ? [one.outputs] : []));
    expect(rules.map(({ priority }) => priority).toSorted((a, b) => a - b)).toEqual(expected);
    const hole = rules.find(({ priority }) => priority === expected[2]);
    await cloud.clients.elb.send(new DeleteRuleCommand({ RuleArn: hole?.arn }));
    const next = await createScene(cloud).settle(await wantedRule(createScene(cloud)));
    expect(next.priority).toBe(expected[2]);
  });

  it('is told from the other rules of its environment by its name', async () => {
    const scene = createScene(cloud);
    const api = await wantedRule(scene);
    const web = scene.desire('listener-rule', 'web', {
      ...api.spec,
      hosts: [`web.${scene.environment.name}.ephemeral.example`],
    });
    const [first, second] = [await scene.settle(api), await scene.settle(web)];
    expect(second.arn).not.toBe(first.arn);

    await scene.vanish(api);
    expect(await scene.provisioner('listener-rule').observe(web)).toEqual({ state: 'ready', outputs: second });
  });

  it('is the one in force where a lost answer left two, and goes with its double', async () => {
    const scene = createScene(cloud);
    const desired = await wantedRule(scene);
    const { arn, priority } = await scene.settle(desired);
    const { elb } = cloud.clients;
    const { Rules } = await elb.send(new DescribeRulesCommand({ RuleArns: [arn] }));
    await elb.send(
      new CreateRuleCommand({
        ListenerArn: desired.spec.listenerArn,
        Priority: priority + 1000,
        Conditions: Rules?.[0]?.Conditions,
        Actions: Rules?.[0]?.Actions,
        Tags: toTagList({ ...desired.tags, [TAG_KEYS.name]: desired.name }),
      }),
    );

    expect(await scene.provisioner('listener-rule').observe(desired)).toMatchObject({ outputs: { priority } });
    await scene.vanish(desired);
    const { Rules: left = [] } = await elb.send(new DescribeRulesCommand({ ListenerArn: desired.spec.listenerArn }));
    expect(left.map(({ Priority }) => Priority)).not.toContain(String(priority + 1000));
  });

  it('asks for the tags of no rule that cannot be its own', async () => {
    const scene = createScene(cloud);
    const desired = await wantedRule(scene);
    const elsewhere = { ...desired, spec: { ...desired.spec, hosts: ['elsewhere.example'] } };
    await plantRule(scene, elsewhere, 40_002);
    const before = cloud.aws.requestLog.of('elasticloadbalancing', 'DescribeTags').length;
    await scene.settle(desired);
    const asked = cloud.aws.requestLog.of('elasticloadbalancing', 'DescribeTags').slice(before);
    expect(asked).toEqual([]);
    expect((await scene.provisioner('listener-rule').observe(desired)).state).toBe('ready');
  });

  it("refuses a host that somebody else's rule already answers", async () => {
    const scene = createScene(cloud);
    const desired = await wantedRule(scene);
    await plantRule(scene, desired);
    await expect(scene.provisioner('listener-rule').ensure(desired, { state: 'absent' })).rejects.toMatchObject({
      reason: 'NameTaken',
    });
  });

  it("refuses to change to a host that somebody else's rule already answers", async () => {
    const scene = createScene(cloud);
    const desired = await wantedRule(scene);
    await scene.settle(desired);
    const host = `other.${scene.environment.name}.ephemeral.example`;
    const changed = { ...desired, spec: { ...desired.spec, hosts: [host] } };
    await plantRule(scene, changed, 40_001);
    const observed = await scene.provisioner('listener-rule').observe(changed);
    expect(observed).toMatchObject({ state: 'drifted', drift: ['hosts'] });
    await expect(scene.provisioner('listener-rule').ensure(changed, observed)).rejects.toMatchObject({
      reason: 'NameTaken',
    });
  });

  it('takes five condition values and no more', async () => {
    const scene = createScene(cloud);
    const { arn } = await scene.settle(scene.desire('target-group', 'api', targetGroupSpec(scene)));
    const spec = ruleSpec(scene, arn);
    const hosts = Array.from({ length: 5 }, (_, index) => `h${index}.${scene.environment.name}.ephemeral.example`);
    const ensure = async (sourceCidrs: string[]) =>
      await scene
        .provisioner('listener-rule')
        .ensure(scene.desire('listener-rule', 'many', { ...spec, hosts, sourceCidrs }), { state: 'absent' });
    await expect(ensure(['10.0.0.0/8'])).rejects.toMatchObject({ reason: 'RuleTooLarge', actor: 'author' });
    expect((await ensure([])).state).toBe('ready');
  });

  it('is released after its target group was found in use', async () => {
    const scene = createScene(cloud);
    const rule = await wantedRule(scene);
    await scene.settle(rule);
    const group = scene.desire('target-group', 'api', targetGroupSpec(scene));
    expect(await scene.provisioner('target-group').release(group)).toMatchObject({
      state: 'releasing',
      underWay: false,
    });
    await scene.vanish(rule);
    await scene.vanish(group);
  });
});

describe('dns-records', () => {
  function record(name: string, value: string): DnsRecord {
    return { name, type: 'CNAME', target: { values: [value], ttlSeconds: 60 } };
  }

  async function namesInZone(scene: Scene): Promise<string[]> {
    const { ResourceRecordSets = [] } = await cloud.clients.route53.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: cloud.platform.zoneId, MaxItems: 300 }),
    );
    return ResourceRecordSets.map(({ Name = '' }) => Name).filter((name) => name.includes(scene.environment.name));
  }

  it('takes away what is not wanted any more, and leaves what it never wrote', async () => {
    const scene = createScene(cloud);
    const own = `${scene.environment.name}.ephemeral.example`;
    const zoneId = cloud.platform.zoneId;
    const byHand = scene.desire('dns-records', 'by-hand', { zoneId, records: [record(`other.${own}`, 'a.example')] });
    await scene.settle(byHand);
    const records = [record(`one.${own}`, 'a.example'), record(`two.${own}`, 'b.example')];
    const recorded = await scene.settle(scene.desire('dns-records', 'hosts', { zoneId, records }));
    const fewer = { ...scene.desire('dns-records', 'hosts', { zoneId, records: records.slice(0, 1) }), recorded };
    await scene.settle(fewer);
    expect(await namesInZone(scene)).toEqual([`one.${own}.`, `other.${own}.`]);
    await scene.vanish(fewer);
    expect(await namesInZone(scene)).toEqual([`other.${own}.`]);
  });

  it('has no record while there is nothing to point at', async () => {
    const scene = createScene(cloud);
    const name = `redis.${scene.environment.name}.ephemeral.example`;
    const pointing = (values: string[]) =>
      scene.desire('dns-records', 'internal', {
        zoneId: cloud.platform.zoneId,
        records: [{ name, type: 'A', target: { values, ttlSeconds: 5 } }],
      });
    const recorded = await scene.settle(pointing(['10.20.0.9']));
    expect(await namesInZone(scene)).toEqual([`${name}.`]);
    await scene.settle({ ...pointing([]), recorded });
    expect(await namesInZone(scene)).toEqual([]);
    await scene.settle({ ...pointing([]), recorded: undefined });
  });

  it("writes and deletes nothing outside the environment's own names", async () => {
    const scene = createScene(cloud);
    const spec = { zoneId: cloud.platform.zoneId, records: [record('www.ephemeral.example', 'a.example')] };
    const desired = scene.desire('dns-records', 'hosts', spec);
    const provisioner = scene.provisioner('dns-records');
    await expect(provisioner.ensure(desired, { state: 'absent' })).rejects.toMatchObject({ reason: 'NameTaken' });
    await expect(provisioner.release(desired)).rejects.toMatchObject({ reason: 'NotOurs' });
    await expect(provisioner.release({ ...desired, spec: undefined })).rejects.toMatchObject({ reason: 'NotOurs' });
  });

  it('asks for nothing but the change while that is spreading, and says at once when something else is wanted', async () => {
    const scene = createScene(cloud);
    const name = `db.${scene.environment.name}.ephemeral.example`;
    const pointing = (value: string) =>
      scene.desire('dns-records', 'alias', { zoneId: cloud.platform.zoneId, records: [record(name, value)] });
    const provisioner = scene.provisioner('dns-records');
    const made = await provisioner.ensure(pointing('a.example'), { state: 'absent' });
    const recorded = made.state === 'absent' ? {} : made.outputs;
    const before = cloud.aws.requestLog.count('route53');
    expect(await provisioner.observe({ ...pointing('a.example'), recorded })).toMatchObject({
      state: 'pending',
      notBeforeSeconds: 8,
    });
    expect(cloud.aws.requestLog.count('route53')).toBe(before + 1);
    expect((await provisioner.observe({ ...pointing('b.example'), recorded })).state).toBe('drifted');
    await scene.vanish({ ...pointing('b.example'), recorded });
  });

  it('asks for its records in one batch', async () => {
    const scene = createScene(cloud);
    const before = cloud.aws.requestLog.of('route53', 'ChangeResourceRecordSets').length;
    await scene.settle(await SPECIMENS['dns-records'].desire(scene));
    expect(cloud.aws.requestLog.of('route53', 'ChangeResourceRecordSets')).toHaveLength(before + 1);
  });
});

describe('certificate', () => {
  it('goes alone when the hosts changed: the one for the hosts of now stays', async () => {
    const scene = createScene(cloud);
    const former = await SPECIMENS.certificate.desire(scene);
    const { spec, environment } = former;
    const next = scene.desire('certificate', 'hosts-2', {
      ...spec,
      alternativeNames: [...spec.alternativeNames, `web-${environment.name}.ephemeral.example`],
      idempotencyToken: `${spec.idempotencyToken}x`,
    });
    const provisioner = scene.provisioner('certificate');
    await provisioner.ensure(former, { state: 'absent' });
    await provisioner.ensure(next, { state: 'absent' });
    await scene.vanish(former);
    expect((await provisioner.observe(next)).state).toBe('pending');
    await scene.vanish(next);
  });

  it("is let go by the listener first, and the listener's own certificate stays", async () => {
    const scene = createScene(cloud);
    const attachment = await SPECIMENS['listener-certificate'].desire(scene);
    await scene.settle(attachment);
    const certificate = await SPECIMENS.certificate.desire(scene);
    expect(await scene.provisioner('certificate').release(certificate)).toMatchObject({ underWay: false });
    // With the record of the attachment lost, ACM still knows who uses the certificate.
    await scene.vanish({ ...attachment, spec: undefined as never });
    await scene.vanish(certificate);
    const own = { listenerArn: cloud.platform.httpsListenerArn, certificateArn: cloud.platform.defaultCertificateArn };
    const ofListener = scene.desire('listener-certificate', 'default', own);
    expect(await scene.provisioner('listener-certificate').release(ofListener)).toEqual({ state: 'absent' });
    expect((await scene.provisioner('listener-certificate').observe(ofListener)).state).toBe('ready');
  });
});
