import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';
import { createZone, proveDomains } from '../acm/issued-certificate.ts';

const CLI_TIMEOUT_MS = 60_000;

describeWithAwsCli('the AWS CLI and ACM', () => {
  it(
    'request a certificate, see it issued and delete it',
    async () => {
      const account = await startSteppedAws();
      const { aws, clock } = account;
      const { durations } = aws.world;
      const cli = async (line: string) => await runAwsCli(aws.url, ['acm', ...line.split(' ')]);
      const requested = await cli(
        'request-certificate --domain-name *.pr-7.ephemeral.example --validation-method DNS --idempotency-token pr7 --tags Key=Environment,Value=pr-7',
      );
      const arn = (requested.json as { readonly CertificateArn: string }).CertificateArn;
      clock.advance(durations.certificateRecordShown);
      const pending = await cli(`describe-certificate --certificate-arn ${arn}`);

      expect(pending.json).toMatchObject({
        Certificate: {
          Status: 'PENDING_VALIDATION',
          DomainValidationOptions: [{ ValidationMethod: 'DNS', ResourceRecord: { Type: 'CNAME' } }],
        },
      });
      await proveDomains(account, await createZone(account, 'ephemeral.example'), arn);
      clock.advance(durations.dnsInSync + durations.certificateIssued);
      expect((await cli(`wait certificate-validated --certificate-arn ${arn}`)).exitCode).toBe(0);
      expect((await cli('list-certificates --certificate-statuses ISSUED')).json).toMatchObject({
        CertificateSummaryList: [{ CertificateArn: arn, InUse: false }],
      });
      expect((await cli(`list-tags-for-certificate --certificate-arn ${arn}`)).json).toEqual({
        Tags: [{ Key: 'Environment', Value: 'pr-7' }],
      });
      expect((await cli(`delete-certificate --certificate-arn ${arn}`)).exitCode).toBe(0);
      expect((await cli(`describe-certificate --certificate-arn ${arn}`)).stderr).toContain(
        'An error occurred (ResourceNotFoundException) when calling the DescribeCertificate operation',
      );
    },
    CLI_TIMEOUT_MS,
  );
});
