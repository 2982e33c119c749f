import {
  ACMClient,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm';
import {
  AddListenerCertificatesCommand,
  CreateListenerCommand,
  DescribeListenerCertificatesCommand,
  RemoveListenerCertificatesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from '@jest/globals';
import { createZone, issueCertificate, proveDomains } from '../acm/issued-certificate.ts';
import { NOT_FOUND_ACTION, refusalOf, startWithLoadBalancer } from './shared-load-balancer.ts';

async function startWithHttps() {
  const shared = await startWithLoadBalancer();
  const { elb, loadBalancerArn } = shared;
  const zone = await createZone(shared, 'ephemeral.example');
  const wildcard = await issueCertificate(shared, zone, ['*.ephemeral.example']);
  const { Listeners } = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: loadBalancerArn,
      Port: 443,
      Protocol: 'HTTPS',
      Certificates: [{ CertificateArn: wildcard }],
      DefaultActions: [NOT_FOUND_ACTION],
    }),
  );
  const ListenerArn = Listeners?.[0]?.ListenerArn ?? '';
  const certificates = (CertificateArn: string) => ({ ListenerArn, Certificates: [{ CertificateArn }] });
  return {
    ...shared,
    zone,
    wildcard,
    ListenerArn,
    acm: new ACMClient(shared.client),
    add: async (arn: string) => await elb.send(new AddListenerCertificatesCommand(certificates(arn))),
    remove: async (arn: string) => await elb.send(new RemoveListenerCertificatesCommand(certificates(arn))),
    list: async () =>
      (await elb.send(new DescribeListenerCertificatesCommand({ ListenerArn }))).Certificates?.map(
        ({ CertificateArn, IsDefault }) => [CertificateArn, IsDefault],
      ),
  };
}

describe('the certificates of a listener', () => {
  it('begin with the default one, which is there twice when it was added as well', async () => {
    const { wildcard, add, list } = await startWithHttps();
    expect(await list()).toEqual([[wildcard, true]]);
    await add(wildcard);
    expect(await list()).toEqual([
      [wildcard, true],
      [wildcard, false],
    ]);
  });

  it('take one until it is removed, however often it is added', async () => {
    const { wildcard, zone, add, remove, list, ...account } = await startWithHttps();
    const own = await issueCertificate(account, zone, ['*.pr-7.ephemeral.example']);
    await add(own);
    await add(own);
    expect(await list()).toEqual([
      [wildcard, true],
      [own, false],
    ]);
    await remove(own);
    expect(await list()).toEqual([[wildcard, true]]);
  });

  it('do not take one that is pending, nor one issued a moment ago', async () => {
    const { zone, acm, add, ...account } = await startWithHttps();
    const { durations } = account.aws.world;
    const { CertificateArn = '' } = await acm.send(
      new RequestCertificateCommand({ DomainName: '*.pr-7.ephemeral.example', ValidationMethod: 'DNS' }),
    );
    expect(await refusalOf(add(CertificateArn))).toBe('UnsupportedCertificate');

    account.clock.advance(durations.certificateRecordShown);
    await proveDomains(account, zone, CertificateArn);
    account.clock.advance(durations.dnsInSync + durations.certificateIssued);
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
    expect(Certificate?.Status).toBe('ISSUED');
    expect(await refusalOf(add(CertificateArn))).toBe('UnsupportedCertificate');

    account.clock.advance(durations.certificateUsableAfterIssue);
    expect(await refusalOf(add(CertificateArn))).toBeUndefined();
  });

  it('do not take one that is not there', async () => {
    const { wildcard, add } = await startWithHttps();
    expect(await refusalOf(add(`${wildcard}0`))).toBe('CertificateNotFoundException');
  });

  it('are changed one at a time', async () => {
    const { elb, ListenerArn, wildcard } = await startWithHttps();
    const Certificates = [{ CertificateArn: wildcard }, { CertificateArn: wildcard }];
    expect(await refusalOf(elb.send(new AddListenerCertificatesCommand({ ListenerArn, Certificates })))).toBe(
      'ValidationError',
    );
  });

  it('never lose the default one', async () => {
    const { wildcard, remove } = await startWithHttps();
    expect(await refusalOf(remove(wildcard))).toBe('OperationNotPermittedException');
  });

  it('number at most 25 on a load balancer, default ones apart', async () => {
    const { zone, add, ...account } = await startWithHttps();
    for (let number = 1; number <= 25; number++) {
      await add(await issueCertificate(account, zone, [`*.pr-${number}.ephemeral.example`]));
    }
    const oneMore = await issueCertificate(account, zone, ['*.pr-26.ephemeral.example']);
    expect(await refusalOf(add(oneMore))).toBe('TooManyCertificatesException');
  });

  it('cannot be deleted from ACM until some time after they were removed', async () => {
    const { zone, acm, add, remove, ...account } = await startWithHttps();
    const own = await issueCertificate(account, zone, ['*.pr-7.ephemeral.example']);
    const deletion = async () => await refusalOf(acm.send(new DeleteCertificateCommand({ CertificateArn: own })));
    await add(own);
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: own }));
    expect(Certificate?.InUseBy).toEqual([account.loadBalancerArn]);

    expect(await deletion()).toBe('ResourceInUseException');
    await remove(own);
    expect(await deletion()).toBe('ResourceInUseException');
    account.clock.advance(account.aws.world.durations.certificateReleased);
    expect(await deletion()).toBeUndefined();
  });

  it('are needed by an HTTPS listener and refused by an HTTP one', async () => {
    const { elb, loadBalancerArn: LoadBalancerArn, wildcard } = await startWithHttps();
    const create = async (protocol: 'HTTP' | 'HTTPS', arns: string[]) =>
      await refusalOf(
        elb.send(
          new CreateListenerCommand({
            LoadBalancerArn,
            Port: 8443,
            Protocol: protocol,
            DefaultActions: [NOT_FOUND_ACTION],
            ...(arns.length > 0 ? { Certificates: arns.map((CertificateArn) => ({ CertificateArn })) } : {}),
          }),
        ),
      );
    expect(await create('HTTPS', [])).toBe('ValidationError');
    expect(await create('HTTP', [wildcard])).toBe('ValidationError');
    expect(await create('HTTPS', [wildcard])).toBeUndefined();
    expect(await create('HTTP', [])).toBe('DuplicateListenerException');
  });
});
