import { expect, it } from '@jest/globals';
import { describeWithAwsCli, runAwsCli } from '../../../support/aws-cli.ts';
import { registerTaskDefinition, registry, startPlatform } from '../ecs/platform.ts';

const CLI_TIMEOUT_MS = 60_000;

async function start() {
  const platform = await startPlatform();
  await registerTaskDefinition(platform, { family: 'api' });
  const cli = async (line: string, ...more: string[]) =>
    await runAwsCli(platform.url, ['ecs', ...line.split(' '), ...more]);
  const network = ['--network-configuration', `awsvpcConfiguration={subnets=[${platform.subnets[0]}]}`];
  return { clock: platform.clock, cli, network };
}

describeWithAwsCli('the AWS CLI and ECS', () => {
  it(
    'bring a service up, wait for it to be stable, and drain it away',
    async () => {
      const { clock, cli, network } = await start();
      const created = await cli(
        'create-service --cluster main --service-name api --task-definition api --desired-count 1 --launch-type FARGATE --tags key=Environment,value=pr-7',
        ...network,
      );
      expect(created.json).toMatchObject({
        service: { status: 'ACTIVE', propagateTags: 'NONE', deployments: [{ rolloutState: 'IN_PROGRESS' }] },
      });

      clock.advance(120);
      expect((await cli('wait services-stable --cluster main --services api')).exitCode).toBe(0);
      expect((await cli('describe-services --cluster main --services api other --include TAGS')).json).toMatchObject({
        services: [{ runningCount: 1, tags: [{ key: 'Environment', value: 'pr-7' }] }],
        failures: [{ arn: 'arn:aws:ecs:eu-west-1:123456789012:service/main/other', reason: 'MISSING' }],
      });
      expect((await cli('delete-service --cluster main --service api')).stderr).toContain(
        'An error occurred (InvalidParameterException) when calling the DeleteService operation: The service cannot be stopped while it is scaled above 0.',
      );

      expect((await cli('delete-service --cluster main --service api --force')).json).toMatchObject({
        service: { status: 'DRAINING' },
      });
      clock.advance(60);
      expect((await cli('wait services-inactive --cluster main --services api')).exitCode).toBe(0);
    },
    CLI_TIMEOUT_MS,
  );

  it(
    'run a task to its end and read its exit code',
    async () => {
      const { clock, cli, network } = await start();
      const started = await cli('run-task --cluster main --task-definition api --started-by pr-7', ...network);
      const arn = (started.json as { tasks: { taskArn: string }[] }).tasks[0]?.taskArn ?? '';
      clock.advance(120);

      expect((await cli(`wait tasks-stopped --cluster main --tasks ${arn}`)).exitCode).toBe(0);
      expect((await cli(`describe-tasks --cluster main --tasks ${arn}`)).json).toMatchObject({
        tasks: [{ lastStatus: 'STOPPED', startedBy: 'pr-7', containers: [{ name: 'web', exitCode: 0 }] }],
      });
    },
    CLI_TIMEOUT_MS,
  );

  it(
    'register a task definition, read the errors of what is missing, and take the definition away',
    async () => {
      const { clock, cli, network } = await start();
      const containers = JSON.stringify([{ name: 'web', image: `${registry}/web:1` }]);
      expect(
        (await cli('register-task-definition --family plain --container-definitions', containers)).json,
      ).toMatchObject({ taskDefinition: { status: 'ACTIVE', revision: 1 } });
      expect((await cli('describe-task-definition --task-definition none')).stderr).toContain(
        'An error occurred (ClientException) when calling the DescribeTaskDefinition operation: Unable to describe task definition.',
      );
      expect((await cli('run-task --cluster none --task-definition api', ...network)).stderr).toContain(
        '(ClusterNotFoundException)',
      );
      await cli('deregister-task-definition --task-definition plain:1');
      expect((await cli('delete-task-definitions --task-definitions plain:1 api:1')).json).toMatchObject({
        taskDefinitions: [{ status: 'DELETE_IN_PROGRESS' }],
        failures: [{ arn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/api:1' }],
      });
      clock.advance(120);
      expect((await cli('list-task-definitions --status DELETE_IN_PROGRESS')).json).toEqual({ taskDefinitionArns: [] });
    },
    CLI_TIMEOUT_MS,
  );
});
