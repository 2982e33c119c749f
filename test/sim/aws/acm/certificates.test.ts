import {
  ACMClient,
  AddTagsToCertificateCommand,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  ListCertificatesCommand,
  ListTagsForCertificateCommand,
  RequestCertificateCommand,
  type RequestCertificateCommandInput,
} from '@aws-sdk/client-acm';
import { ChangeResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { describe, expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';
import { refusalOf } from '../elbv2/shared-load-balancer.ts';
import { createZone, issueCertificate, proveDomains } from './issued-certificate.ts';

async function start() {
  const account = await startSteppedAws({ rateLimits: false });
  const acm = new ACMClient(account.client);
  return {
    ...account,
    acm,
    durations: account.aws.world.durations,
    async request(input: Partial<RequestCertificateCommandInput> = {}): Promise<string> {
      const { CertificateArn = '' } = await acm.send(
        new RequestCertificateCommand({ DomainName: 'pr-7.ephemeral.example', ValidationMethod: 'DNS', ...input }),
      );
      return CertificateArn;
    },
    async describe(CertificateArn: string) {
      return (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate;
    },
  };
}

describe('a certificate', () => {
  it('shows its validation records only after a few seconds', async () => {
    const { clock, durations, request, describe } = await start();
    const arn = await request();

    expect((await describe(arn))?.DomainValidationOptions?.[0]).not.toHaveProperty('ResourceRecord');
    clock.advance(durations.certificateRecordShown);
    expect((await describe(arn))?.DomainValidationOptions?.[0]?.ResourceRecord).toEqual({
      Name: expect.stringMatching(/^_[0-9a-f]{32}\.pr-7\.ephemeral\.example\.$/),
      Type: 'CNAME',
      Value: expect.stringMatching(/^_[0-9a-f]{32}\.[a-z]{10}\.acm-validations\.aws\.$/),
    });
  });

  it('stays pending for as long as its records are not in DNS', async () => {
    const { clock, request, describe } = await start();
    const arn = await request();
    clock.advance(71 * 3600);
    expect((await describe(arn))?.Status).toBe('PENDING_VALIDATION');
  });

  it('is timed out after 72 hours, and records that come later do not help', async () => {
    const account = await start();
    const arn = await account.request();
    const zone = await createZone(account, 'ephemeral.example');
    account.clock.advance(72 * 3600);
    expect((await account.describe(arn))?.Status).toBe('VALIDATION_TIMED_OUT');

    await proveDomains(account, zone, arn);
    account.clock.advance(3600);
    expect((await account.describe(arn))?.Status).toBe('VALIDATION_TIMED_OUT');
  });

  it('is issued some time after name servers answer with its records', async () => {
    const account = await start();
    const zone = await createZone(account, 'ephemeral.example');
    const arn = await account.request({ SubjectAlternativeNames: ['*.pr-7.ephemeral.example'] });
    account.clock.advance(account.durations.certificateRecordShown);
    await proveDomains(account, zone, arn);

    account.clock.advance(account.durations.dnsInSync + account.durations.certificateIssued - 1);
    expect((await account.describe(arn))?.Status).toBe('PENDING_VALIDATION');
    account.clock.advance(1);
    expect(await account.describe(arn)).toMatchObject({
      Status: 'ISSUED',
      DomainValidationOptions: [{ ValidationStatus: 'SUCCESS' }, { ValidationStatus: 'SUCCESS' }],
    });
  });

  it('is not issued when one of its names is not proved', async () => {
    const account = await start();
    const zone = await createZone(account, 'ephemeral.example');
    const arn = await account.request({ SubjectAlternativeNames: ['other.ephemeral.example'] });
    account.clock.advance(account.durations.certificateRecordShown);
    const record = (await account.describe(arn))?.DomainValidationOptions?.[0]?.ResourceRecord;
    await new Route53Client(account.client).send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: zone,
        ChangeBatch: {
          Changes: [
            {
              Action: 'CREATE',
              ResourceRecordSet: {
                Name: record?.Name,
                Type: 'CNAME',
                TTL: 60,
                ResourceRecords: [{ Value: record?.Value }],
              },
            },
          ],
        },
      }),
    );
    account.clock.advance(3600);
    expect((await account.describe(arn))?.Status).toBe('PENDING_VALIDATION');
  });

  it('is not issued by a record with another value', async () => {
    const account = await start();
    const zone = await createZone(account, 'ephemeral.example');
    const arn = await account.request();
    account.clock.advance(account.durations.certificateRecordShown);
    const record = (await account.describe(arn))?.DomainValidationOptions?.[0]?.ResourceRecord;
    await new Route53Client(account.client).send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: zone,
        ChangeBatch: {
          Changes: [
            {
              Action: 'CREATE',
              ResourceRecordSet: {
                Name: record?.Name,
                Type: 'CNAME',
                TTL: 60,
                ResourceRecords: [{ Value: 'wrong.example' }],
              },
            },
          ],
        },
      }),
    );
    account.clock.advance(3600);
    expect((await account.describe(arn))?.Status).toBe('PENDING_VALIDATION');
  });

  it('for a name and its wildcard asks for one record', async () => {
    const { clock, durations, request, describe } = await start();
    const arn = await request({ SubjectAlternativeNames: ['*.pr-7.ephemeral.example'] });
    clock.advance(durations.certificateRecordShown);

    const options = (await describe(arn))?.DomainValidationOptions ?? [];

    expect(options.map(({ DomainName }) => DomainName)).toEqual(['pr-7.ephemeral.example', '*.pr-7.ephemeral.example']);
    expect(new Set(options.map(({ ResourceRecord }) => ResourceRecord?.Name)).size).toBe(1);
  });

  it.each([
    {
      input: { DomainName: `${'a'.repeat(57)}.example` },
      code: 'InvalidParameterException',
      reason: 'a domain name of 65 characters',
    },
    { input: { DomainName: `${'a'.repeat(56)}.example` }, code: undefined, reason: 'a domain name of 64 characters' },
    {
      input: { SubjectAlternativeNames: [`${'a'.repeat(57)}.pr-7.ephemeral.example`] },
      code: undefined,
      reason: 'a long alternative name',
    },
    { input: { DomainName: 'my_app.example' }, code: 'InvalidParameterException', reason: 'an underscore' },
    { input: { DomainName: 'a.*.example' }, code: 'InvalidParameterException', reason: 'a wildcard in the middle' },
    { input: { IdempotencyToken: 'pr-7' }, code: 'ValidationException', reason: 'a token with a hyphen' },
    {
      input: { SubjectAlternativeNames: Array.from({ length: 10 }, (_, index) => `h${index}.ephemeral.example`) },
      code: 'LimitExceededException',
      reason: '11 names',
    },
    { input: { Tags: [{ Key: 'Branch', Value: 'fix #12' }] }, code: 'InvalidTagException', reason: 'an illegal tag' },
  ])('with $reason: $code', async ({ input, code }) => {
    const { request } = await start();
    expect(await refusalOf(request(input))).toBe(code);
  });

  it('is the same one when the request is repeated with its token within the hour', async () => {
    const { clock, request } = await start();
    const first = await request({ IdempotencyToken: 'pr7' });

    expect(await request({ IdempotencyToken: 'pr7' })).toBe(first);
    expect(await request()).not.toBe(first);
    clock.advance(3600);
    expect(await request({ IdempotencyToken: 'pr7' })).not.toBe(first);
  });

  it('is another one when the token comes with another request', async () => {
    const { request } = await start();
    const first = await request({ IdempotencyToken: 'pr7' });
    expect(await request({ IdempotencyToken: 'pr7', DomainName: 'pr-8.ephemeral.example' })).not.toBe(first);
  });

  it('counts against the yearly quota even after it is deleted', async () => {
    const { aws, clock, acm, request } = await start();
    const arn = await request();
    await acm.send(new DeleteCertificateCommand({ CertificateArn: arn }));
    aws.world.acm.requestedAt.push(...Array.from({ length: 4999 }, () => clock.now()));

    expect(await refusalOf(request())).toBe('LimitExceededException');
    clock.advance(366 * 24 * 3600);
    expect(await refusalOf(request())).toBeUndefined();
  });

  it('is not found once deleted', async () => {
    const { acm, request, describe } = await start();
    const arn = await request();
    await acm.send(new DeleteCertificateCommand({ CertificateArn: arn }));

    expect(await refusalOf(describe(arn))).toBe('ResourceNotFoundException');
    expect(await refusalOf(describe('pr-7'))).toBe('InvalidArnException');
  });

  it('is listed by status, page by page', async () => {
    const account = await start();
    const zone = await createZone(account, 'ephemeral.example');
    const issued = await issueCertificate(account, zone, ['pr-9.ephemeral.example']);
    await account.request();
    const { acm } = account;

    const first = await acm.send(new ListCertificatesCommand({ MaxItems: 1 }));
    const second = await acm.send(new ListCertificatesCommand({ MaxItems: 1, NextToken: first.NextToken }));
    const onlyIssued = await acm.send(new ListCertificatesCommand({ CertificateStatuses: ['ISSUED'] }));

    expect(second.NextToken).toBeUndefined();
    expect(first.CertificateSummaryList?.[0]?.CertificateArn).not.toBe(
      second.CertificateSummaryList?.[0]?.CertificateArn,
    );
    expect(onlyIssued.CertificateSummaryList?.map(({ CertificateArn }) => CertificateArn)).toEqual([issued]);
  });

  it('carries the tags of its request and those added later', async () => {
    const { acm, request } = await start();
    const CertificateArn = await request({ Tags: [{ Key: 'Environment', Value: 'pr-7' }] });
    await acm.send(new AddTagsToCertificateCommand({ CertificateArn, Tags: [{ Key: 'ManagedBy', Value: 'mayfly' }] }));

    const { Tags } = await acm.send(new ListTagsForCertificateCommand({ CertificateArn }));

    expect(Tags).toEqual([
      { Key: 'Environment', Value: 'pr-7' },
      { Key: 'ManagedBy', Value: 'mayfly' },
    ]);
  });
});
