import {
  DeleteServiceCommand,
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionFamiliesCommand,
  ListTaskDefinitionsCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import {
  createService,
  isStable,
  type Platform,
  registerTaskDefinition,
  registry,
  startPlatform,
  webContainer,
} from './platform.ts';

const describeOf = async ({ ecs }: Platform, taskDefinition: string) =>
  await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }));

describe('registering a task definition', () => {
  it('makes a new revision each time, also of the very same definition', async () => {
    const platform = await startPlatform();

    expect(await registerTaskDefinition(platform)).toMatch(/task-definition\/web:1$/);
    expect(await registerTaskDefinition(platform)).toMatch(/task-definition\/web:2$/);
  });

  it('fills in what was left out', async () => {
    const platform = await startPlatform();
    await registerTaskDefinition(platform, { cpu: '.5 vCPU', memory: '1 GB', tags: [{ key: 'Hash', value: 'abc' }] });

    const { taskDefinition, tags } = await describeOf(platform, 'web');

    expect(taskDefinition).toMatchObject({ cpu: '512', memory: '1024', status: 'ACTIVE', revision: 1 });
    expect(taskDefinition?.containerDefinitions?.[0]).toMatchObject({
      cpu: 0,
      essential: true,
      environment: [],
      portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
    });
    expect(tags).toEqual([{ key: 'Hash', value: 'abc' }]);
  });

  it.each([
    [
      'a pair of sizes Fargate does not have',
      { cpu: '256', memory: '4096' },
      /^No Fargate configuration exists for given values\.$/,
    ],
    ['no CPU size', { cpu: undefined }, /'cpu' be defined at the task level/],
    ['another network', { networkMode: 'bridge' as const }, /Fargate only supports network mode/],
    [
      'an ECR image without an execution role',
      { executionRoleArn: undefined },
      /execution role ARN to support ECR images/,
    ],
    ['a family with a slash', { family: 'pr/1' }, /invalid characters/],
    ['no container', { containerDefinitions: [] }, /cannot be empty/],
    [
      'secrets without an execution role',
      {
        executionRoleArn: undefined,
        containerDefinitions: [{ name: 'web', image: 'nginx', secrets: [{ name: 'A', valueFrom: '/a' }] }],
      },
      /you must also specify a value for 'executionRoleArn'/,
    ],
    [
      'logs without a stream prefix',
      {
        containerDefinitions: [
          {
            ...webContainer,
            logConfiguration: {
              logDriver: 'awslogs' as const,
              options: { 'awslogs-group': '/x', 'awslogs-region': 'eu-west-1' },
            },
          },
        ],
      },
      /awslogs-stream-prefix/,
    ],
    [
      'another host port',
      { containerDefinitions: [{ ...webContainer, portMappings: [{ containerPort: 8080, hostPort: 80 }] }] },
      /host ports and container ports in port mappings must match/,
    ],
    ['two containers of one name', { containerDefinitions: [webContainer, webContainer] }, /repeated: web/],
    [
      'no essential container',
      { containerDefinitions: [{ name: 'web', image: `${registry}/web:1`, essential: false }] },
      /At least one container must be essential/,
    ],
  ])('is refused with %s', async (_what, changes, reason) => {
    const platform = await startPlatform();

    const registration = registerTaskDefinition(platform, changes);

    await expect(registration).rejects.toMatchObject({
      name: 'ClientException',
      message: expect.stringMatching(reason),
    });
  });
});

describe('a task definition', () => {
  it('that does not exist cannot be described', async () => {
    const platform = await startPlatform();

    await expect(describeOf(platform, 'web:9')).rejects.toMatchObject({
      name: 'ClientException',
      message: 'Unable to describe task definition.',
    });
  });

  it('is not deleted while it is ACTIVE', async () => {
    const platform = await startPlatform();
    const arn = await registerTaskDefinition(platform);

    const { failures } = await platform.ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions: [arn] }));

    expect(failures).toEqual([{ arn, reason: expect.stringMatching(/still in ACTIVE status/) }]);
  });

  it('is gone some time after it was deleted, and its number is not given again', async () => {
    const platform = await startPlatform();
    const taskDefinition = await registerTaskDefinition(platform);
    await platform.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
    expect((await describeOf(platform, taskDefinition)).taskDefinition?.status).toBe('INACTIVE');

    await platform.ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions: [taskDefinition] }));
    expect((await describeOf(platform, taskDefinition)).taskDefinition?.status).toBe('DELETE_IN_PROGRESS');
    platform.clock.advance(120);

    await expect(describeOf(platform, taskDefinition)).rejects.toMatchObject({ name: 'ClientException' });
    expect(await registerTaskDefinition(platform)).toMatch(/web:2$/);
  });

  it('stays DELETE_IN_PROGRESS while a service uses it', async () => {
    const platform = await startPlatform();
    const taskDefinition = await registerTaskDefinition(platform);
    await createService(platform);
    await platform.until(async () => await isStable(platform));
    await platform.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
    await platform.ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions: [taskDefinition] }));

    platform.clock.advance(600);
    expect((await describeOf(platform, taskDefinition)).taskDefinition?.status).toBe('DELETE_IN_PROGRESS');
    await platform.ecs.send(new DeleteServiceCommand({ cluster: 'main', service: 'web', force: true }));
    platform.clock.advance(600);

    await expect(describeOf(platform, taskDefinition)).rejects.toMatchObject({ name: 'ClientException' });
  });

  it('cannot be deleted eleven at a time', async () => {
    const platform = await startPlatform();
    const taskDefinitions = Array.from({ length: 11 }, (_, index) => `web:${index + 1}`);

    await expect(platform.ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('is listed by family and status, newest first on request, in pages', async () => {
    const platform = await startPlatform();
    const first = await registerTaskDefinition(platform);
    const second = await registerTaskDefinition(platform);
    await registerTaskDefinition(platform, { family: 'web-jobs' });

    const page = await platform.ecs.send(
      new ListTaskDefinitionsCommand({ familyPrefix: 'web', sort: 'DESC', maxResults: 1 }),
    );
    const rest = await platform.ecs.send(
      new ListTaskDefinitionsCommand({ familyPrefix: 'web', sort: 'DESC', nextToken: page.nextToken }),
    );
    expect([page.taskDefinitionArns, rest.taskDefinitionArns]).toEqual([[second], [first]]);

    await platform.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'web-jobs:1' }));
    const families = async (status: 'ACTIVE' | 'INACTIVE') =>
      (await platform.ecs.send(new ListTaskDefinitionFamiliesCommand({ familyPrefix: 'web', status }))).families;
    expect([await families('ACTIVE'), await families('INACTIVE')]).toEqual([['web'], ['web-jobs']]);
  });
});
