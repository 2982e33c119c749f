import {
  AddPermissionCommand,
  DeleteFunctionCommand,
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from '@jest/globals';
import { startAccount } from './account.ts';

const FunctionName = 'reaper';

describe('a function', () => {
  it('is Pending for a while, then Active, with defaults for what was not said', async () => {
    const { lambda, create, activate } = await startAccount();
    expect(await create()).toMatchObject({ State: 'Pending', StateReasonCode: 'Creating' });
    activate();
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName }));
    expect(Configuration).toMatchObject({
      State: 'Active',
      LastUpdateStatus: 'Successful',
      MemorySize: 128,
      Timeout: 3,
      Architectures: ['x86_64'],
      EphemeralStorage: { Size: 512 },
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/reaper' },
      FunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:reaper',
    });
  });

  it.each([
    [{ Role: 'arn:aws:iam::123456789012:role/none' }, 'cannot be assumed by Lambda'],
    [{ Code: { ZipFile: Buffer.from('no archive') } }, 'Could not unzip'],
    [{ Code: { S3Bucket: 'none', S3Key: 'key' } }, 'NoSuchBucket'],
    [{ Code: { ImageUri: 'image' } }, 'zip files only'],
    [{ MemorySize: 64 }, 'memorySize'],
    [{ Timeout: 901 }, 'timeout'],
    [{ Runtime: 'cobol' as 'nodejs22.x' }, 'runtime'],
    [{ Environment: { Variables: { AWS_REGION: 'x' } } }, 'reserved keys'],
    [{ VpcConfig: { SubnetIds: ['subnet-0'] } }, 'InvalidSubnetID.NotFound'],
    [{ DeadLetterConfig: { TargetArn: 'arn:aws:s3:::bucket' } }, 'dead letter target'],
  ])('is not made with %j', async (changes, words) => {
    const { create } = await startAccount();
    await expect(create(changes)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining(words),
    });
  });

  it('is made once, and is not changed while another change is under way', async () => {
    const { lambda, clock, aws, create, activate } = await startAccount();
    await create();
    const conflict = { name: 'ResourceConflictException', $metadata: { httpStatusCode: 409 } };
    await expect(create()).rejects.toMatchObject(conflict);
    const update = async (MemorySize: number) =>
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize }));
    await expect(update(256)).rejects.toMatchObject(conflict);
    activate();
    expect(await update(256)).toMatchObject({
      LastUpdateStatus: 'InProgress',
      MemorySize: 256,
      Handler: 'index.handler',
    });
    await expect(update(512)).rejects.toMatchObject(conflict);
    clock.advance(aws.world.durations.functionUpdated);
    await update(512);
  });

  it('has versions that stay as they were, and a new one only after a change', async () => {
    const { lambda, create, activate, clock, aws } = await startAccount();
    await create({ Publish: true, Tags: { Team: 'data' } });
    activate();
    const publish = async () => (await lambda.send(new PublishVersionCommand({ FunctionName }))).Version;
    expect(await publish()).toBe('1');
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 60 }));
    clock.advance(aws.world.durations.functionUpdated);
    expect(await publish()).toBe('2');
    const { Versions } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
    expect(Versions?.map(({ Version, Timeout }) => [Version, Timeout])).toEqual([
      ['$LATEST', 60],
      ['1', 3],
      ['2', 60],
    ]);
    await lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '1' }));
    await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'reaper:1' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('says in a policy who may call it', async () => {
    const { lambda, create } = await startAccount();
    await create();
    const permission = {
      FunctionName,
      StatementId: 'scheduler',
      Action: 'lambda:InvokeFunction',
      Principal: 'scheduler.amazonaws.com',
      SourceAccount: '123456789012',
      SourceArn: 'arn:aws:scheduler:eu-west-1:123456789012:schedule/mayfly/reaper',
    };
    await lambda.send(new AddPermissionCommand(permission));
    await expect(lambda.send(new AddPermissionCommand(permission))).rejects.toMatchObject({
      name: 'ResourceConflictException',
    });
    const { Policy = '' } = await lambda.send(new GetPolicyCommand({ FunctionName }));
    expect(JSON.parse(Policy)).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'scheduler.amazonaws.com' },
          Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:reaper',
          Condition: {
            StringEquals: { 'AWS:SourceAccount': '123456789012' },
            ArnLike: { 'AWS:SourceArn': permission.SourceArn },
          },
        },
      ],
    });
    await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: 'scheduler' }));
    await expect(lambda.send(new GetPolicyCommand({ FunctionName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('reserves no more than the account can give', async () => {
    const { lambda, create } = await startAccount();
    await create();
    const reserve = async (ReservedConcurrentExecutions: number) =>
      await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
    await expect(reserve(901)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await reserve(900);
    const { Concurrency } = await lambda.send(new GetFunctionCommand({ FunctionName }));
    expect(Concurrency).toEqual({ ReservedConcurrentExecutions: 900 });
  });

  it('has a configuration of its events, and tags, and is gone with them', async () => {
    const { lambda, create } = await startAccount();
    const { FunctionArn: Resource } = await create({ Tags: { a: '1' } });
    await lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 0 }));
    const get = new GetFunctionEventInvokeConfigCommand({ FunctionName });
    expect(await lambda.send(get)).toMatchObject({
      MaximumRetryAttempts: 0,
      FunctionArn: `${Resource}:$LATEST`,
      DestinationConfig: { OnSuccess: {}, OnFailure: {} },
    });
    await expect(
      lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 3 })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName }));
    await expect(lambda.send(get)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });

    await lambda.send(new TagResourceCommand({ Resource, Tags: { b: '2' } }));
    expect((await lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ a: '1', b: '2' });
    await lambda.send(new DeleteFunctionCommand({ FunctionName }));
    await expect(lambda.send(new GetFunctionCommand({ FunctionName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  });
});
