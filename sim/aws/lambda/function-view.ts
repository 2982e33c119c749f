import type { FunctionConfiguration, GetFunctionResponse } from '@aws-sdk/client-lambda';
import type { World } from '../world.ts';
import { LATEST } from './lookup.ts';
import type { LambdaFunction, Settings, Version } from './state.ts';

/** Lambda's dates have no colon in their zone. */
const dateText = (instant: Date): string => instant.toISOString().replace('Z', '+0000');

/** The function as it is, or as it was when a version of it was published. */
export function configurationOf(world: World, held: LambdaFunction, qualifier = LATEST): FunctionConfiguration {
  const version = held.versions.find(({ number }) => number === qualifier);
  const { settings, code } = version ?? held;
  return {
    FunctionName: held.name,
    FunctionArn: version ? `${held.arn}:${version.number}` : held.arn,
    Version: version?.number ?? LATEST,
    CodeSha256: code.sha256,
    CodeSize: code.zip.length,
    RevisionId: held.revisionId,
    LastModified: dateText(version?.publishedAt ?? held.modifiedAt),
    PackageType: 'Zip',
    ...stateOf(held, version),
    ...shownSettings(world, held.name, settings),
    Description: version?.description ?? settings.Description ?? '',
  };
}

function stateOf({ state, lastUpdate }: LambdaFunction, version: Version | undefined): FunctionConfiguration {
  if (version || state === 'Active') {
    return { State: 'Active', LastUpdateStatus: version ? 'Successful' : lastUpdate };
  }
  return {
    State: 'Pending',
    StateReason: 'The function is being created.',
    StateReasonCode: 'Creating',
    LastUpdateStatus: 'Successful',
  };
}

/** What was set, and the defaults: https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html */
function shownSettings(world: World, name: string, settings: Settings): FunctionConfiguration {
  const { LoggingConfig, SnapStart } = settings;
  return {
    Runtime: settings.Runtime,
    Role: settings.Role,
    Handler: settings.Handler,
    Timeout: settings.Timeout ?? 3,
    MemorySize: settings.MemorySize ?? 128,
    EphemeralStorage: settings.EphemeralStorage ?? { Size: 512 },
    TracingConfig: settings.TracingConfig ?? { Mode: 'PassThrough' },
    Architectures: settings.Architectures ?? ['x86_64'],
    SnapStart: { ApplyOn: SnapStart?.ApplyOn ?? 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}`, ...LoggingConfig },
    RuntimeVersionConfig: { RuntimeVersionArn: `arn:aws:lambda:${world.region}::runtime:${'0'.repeat(64)}` },
    ...optionalSettings(settings),
    ...networkOf(world, settings),
  };
}

/** What is shown only when it was set, and not set to nothing. */
function optionalSettings({ KMSKeyArn, DeadLetterConfig, Environment, Layers }: Settings): FunctionConfiguration {
  return {
    ...(KMSKeyArn && { KMSKeyArn }),
    ...(DeadLetterConfig?.TargetArn && { DeadLetterConfig }),
    ...(Environment?.Variables && Object.keys(Environment.Variables).length > 0 && { Environment }),
    ...(Layers && Layers.length > 0 && { Layers: Layers.map((Arn) => ({ Arn })) }),
  };
}

function networkOf({ ec2 }: World, { VpcConfig }: Settings): FunctionConfiguration {
  const [first = ''] = VpcConfig?.SubnetIds ?? [];
  const VpcId = ec2.subnets.get(first)?.vpcId;
  return VpcId === undefined ? {} : { VpcConfig: { Ipv6AllowedForDualStack: false, ...VpcConfig, VpcId } };
}

/** Where the code could be fetched from is left out: nothing serves it. */
export function functionShape(world: World, held: LambdaFunction, qualifier: string): GetFunctionResponse {
  const { tags, reservedConcurrency } = held;
  return {
    Configuration: configurationOf(world, held, qualifier),
    Code: { RepositoryType: 'S3' },
    ...(Object.keys(tags).length > 0 && { Tags: { ...tags } }),
    ...(reservedConcurrency !== undefined && {
      Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
    }),
  };
}
