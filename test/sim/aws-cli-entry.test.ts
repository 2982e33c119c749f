import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../support/aws-cli.ts';
import { startProgram } from '../support/program.ts';

const START_TIMEOUT_MS = 60_000;
const CLI_TIMEOUT_MS = 180_000;

/** Starts `npm run sim:aws` on a free port and answers the address it prints. */
async function startSimAws(...options: string[]) {
  const program = startProgram('sim/aws.ts', ['--port', '0', ...options]);
  const greeting = await program.says('\n');
  return { program, greeting, url: /http:\/\/127\.0\.0\.1:\d+/.exec(greeting)?.[0] ?? '' };
}

describe('npm run sim:aws', () => {
  it(
    'says in one line where it is and what to export, and ends with 0 on Ctrl-C',
    async () => {
      const { program, greeting, url } = await startSimAws('--empty');
      expect(greeting).toBe(
        `AWS at ${url}, account 123456789012, eu-west-1: export AWS_ENDPOINT_URL=${url} AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local\n`,
      );
      const resources: unknown = await (await fetch(`${url}/_sim/resources`)).json();
      expect(resources).toMatchObject({ resources: [] });
      expect(await program.ended('SIGINT')).toBe(0);
      expect(program.stderr()).toBe('');
    },
    START_TIMEOUT_MS,
  );

  it(
    'runs at the speed it is given once its platform stands',
    async () => {
      const { program, url } = await startSimAws('--speed', '30');
      expect(await (await fetch(`${url}/_sim/clock`)).json()).toMatchObject({ kind: 'running', speed: 30 });
      expect(await program.ended('SIGINT')).toBe(0);
    },
    START_TIMEOUT_MS,
  );

  it(
    'ends with 1 and one sentence when the port is taken',
    async () => {
      const holder = createServer();
      await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
      const address = holder.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      const program = startProgram('sim/aws.ts', ['--port', String(port)]);
      expect(await program.ended()).toBe(1);
      expect(program.stderr()).toBe(
        `Port ${port} of 127.0.0.1 is in use: give another with --port, or 0 for any that is free.\n`,
      );
      expect(program.stdout()).toBe('');
      await new Promise((resolve) => holder.close(resolve));
    },
    START_TIMEOUT_MS,
  );

  it(
    'prints its usage on --help, and ends with 0',
    async () => {
      const program = startProgram('sim/aws.ts', ['--help']);
      expect(await program.ended()).toBe(0);
      expect(program.stdout()).toContain('npm run sim:aws --');
      expect(program.stderr()).toBe('');
    },
    START_TIMEOUT_MS,
  );

  it.each([
    [['--port', 'eighty'], '--port takes a whole number from 0 to 65535, not eighty'],
    [['--speed', '0'], '--speed takes a number from 0.01 to 100000, not 0'],
    [['--ful'], "Unknown option '--ful'"],
  ])(
    'ends with 2 and its usage on %j',
    async (args, sentence) => {
      const program = startProgram('sim/aws.ts', args);
      expect(await program.ended()).toBe(2);
      expect(program.stderr()).toContain(sentence);
      expect(program.stderr()).toContain('npm run sim:aws --');
    },
    START_TIMEOUT_MS,
  );
});

interface Question {
  /** A call that lists what the demo's platform has. */
  readonly list: string;
  readonly answers: unknown;
  readonly refused: string;
  /** As it went over the wire. */
  readonly code: string;
}

const some = (member: unknown): unknown => expect.arrayContaining([expect.objectContaining(member as object)]);

const questions: readonly Question[] = [
  {
    list: 'rds describe-db-clusters',
    answers: { DBClusters: some({ DBClusterIdentifier: 'mayfly-source', Status: 'available' }) },
    refused: 'rds describe-db-instances --db-instance-identifier none',
    code: 'DBInstanceNotFound',
  },
  {
    list: 'ecs list-clusters',
    answers: { clusterArns: ['arn:aws:ecs:eu-west-1:123456789012:cluster/mayfly'] },
    refused: 'ecs list-services --cluster none',
    code: 'ClusterNotFoundException',
  },
  {
    list: 'elbv2 describe-load-balancers',
    answers: { LoadBalancers: some({ Type: 'application', State: { Code: 'active' } }) },
    refused: 'elbv2 describe-target-groups --names none',
    code: 'TargetGroupNotFound',
  },
  {
    list: 'route53 list-hosted-zones',
    answers: { HostedZones: some({ Name: 'ephemeral.example.gov.uk.' }) },
    refused: 'route53 get-hosted-zone --id Z00000000000000000000',
    code: 'NoSuchHostedZone',
  },
  {
    list: 'acm list-certificates',
    answers: { CertificateSummaryList: some({ DomainName: '*.ephemeral.example.gov.uk' }) },
    refused:
      'acm describe-certificate --certificate-arn arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-4000-8000-000000000000',
    code: 'ResourceNotFoundException',
  },
  {
    list: 'logs describe-log-groups',
    answers: { logGroups: [] },
    refused: 'logs delete-log-group --log-group-name none',
    code: 'ResourceNotFoundException',
  },
  {
    list: 'secretsmanager list-secrets',
    answers: { SecretList: some({ Name: 'DEVAPPDEV-BASE-SM-APPLICATION-API' }) },
    refused: 'secretsmanager get-secret-value --secret-id none',
    code: 'ResourceNotFoundException',
  },
  {
    list: 'ecr list-images --repository-name vol-app/api',
    // The release and at least one of main's commits.
    answers: {
      imageIds: expect.arrayContaining([
        expect.objectContaining({ imageTag: 'release-v9.1.0' }),
        expect.objectContaining({ imageTag: expect.stringMatching(/^[0-9a-f]{10}$/) }),
      ]),
    },
    refused: 'ecr list-images --repository-name none',
    code: 'RepositoryNotFoundException',
  },
  {
    list: 'ssm describe-parameters',
    answers: { Parameters: some({ Name: '/applicationparams/dev/domain' }) },
    refused: 'ssm get-parameter --name /none',
    code: 'ParameterNotFound',
  },
];

describeWithAwsCli('the AWS CLI and npm run sim:aws', () => {
  it(
    "finds the demo's platform, and AWS's own errors",
    async () => {
      const { program, url } = await startSimAws('--speed', '60');
      for (const { list, answers, refused, code } of questions) {
        expect(await runAwsCli(url, list.split(' '))).toMatchObject({ exitCode: 0, json: answers });
        expect((await runAwsCli(url, refused.split(' '))).stderr).toContain(`An error occurred (${code})`);
      }
      expect(await program.ended('SIGINT')).toBe(0);
    },
    CLI_TIMEOUT_MS,
  );
});
