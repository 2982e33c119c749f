import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

const CLI_TIMEOUT_MS = 60_000;

describeWithAwsCli('the AWS CLI and what the local cloud has not', () => {
  it.each([
    ['ses list-identities', 'ListIdentities', 'ses'],
    ['efs describe-file-systems', 'DescribeFileSystems', 'elasticfilesystem'],
    ['cloudfront list-distributions', 'ListDistributions', 'cloudfront'],
  ])(
    'print for %s that there is no such service',
    async (line, operation, service) => {
      const { aws } = await startSteppedAws();
      const { stderr } = await runAwsCli(aws.url, line.split(' '));
      expect(stderr).toContain(
        `An error occurred (InvalidAction) when calling the ${operation} operation: The local cloud has no service ${service}.`,
      );
    },
    CLI_TIMEOUT_MS,
  );

  it.each([
    ['rds describe-db-clusters', 'DescribeDBClusters'],
    ['ecs list-clusters', 'ListClusters'],
    ['route53 list-hosted-zones', 'ListHostedZones'],
  ])(
    'print for an unsigned %s that the signature is missing',
    async (line, operation) => {
      const { aws } = await startSteppedAws();
      const { stderr } = await runAwsCli(aws.url, [...line.split(' '), '--no-sign-request']);
      expect(stderr).toContain(
        `An error occurred (MissingAuthenticationToken) when calling the ${operation} operation: Missing Authentication Token`,
      );
    },
    CLI_TIMEOUT_MS,
  );

  it.each([
    ['route53 list-health-checks', 'ListHealthChecks'],
    ['ec2 describe-instances', 'DescribeInstances'],
  ])(
    'print for %s that the operation is not there',
    async (line, operation) => {
      const { aws } = await startSteppedAws();
      const { stderr } = await runAwsCli(aws.url, line.split(' '));
      expect(stderr).toContain(
        `An error occurred (InvalidAction) when calling the ${operation} operation: The local cloud does not know ${operation}.`,
      );
    },
    CLI_TIMEOUT_MS,
  );
});
