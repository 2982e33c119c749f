import { Runtime } from '@aws-sdk/client-lambda';
import type { World } from '../world.ts';
import { invalidValue } from './lookup.ts';
import type { Settings } from './state.ts';

const KNOWN_RUNTIMES: readonly string[] = Object.values(Runtime);
const LARGEST_ENVIRONMENT = 4096;
const RESERVED =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_)?REGION|AWS_EXECUTION_ENV|AWS_LAMBDA_\w+|AWS_ACCESS_KEY(_ID)?|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|LAMBDA_(TASK_ROOT|RUNTIME_DIR))$/;

/**
 * Throws InvalidParameterValueException. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html and
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 */
export function checkSettings(world: World, settings: Settings): void {
  const { Runtime: runtime, Environment, VpcConfig, DeadLetterConfig } = settings;
  within('memorySize', settings.MemorySize, [128, 10_240]);
  within('timeout', settings.Timeout, [1, 900]);
  within('ephemeralStorage.size', settings.EphemeralStorage?.Size, [512, 10_240]);
  if (runtime !== undefined && !KNOWN_RUNTIMES.includes(runtime)) {
    throw invalidValue(
      `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set`,
    );
  }
  checkRole(world, settings.Role);
  checkEnvironment(Environment?.Variables ?? {});
  checkNetwork(world, VpcConfig ?? {});
  const target = DeadLetterConfig?.TargetArn;
  if (target && !/^arn:aws:(sqs|sns):/.test(target)) {
    throw invalidValue(`The provided dead letter target is no queue or topic: ${target}`);
  }
}

/** Throws InvalidParameterValueException for a number that is not between the bounds. */
export function within(member: string, value: number | undefined, [least, most]: readonly [number, number]): void {
  if (value !== undefined && (value < least || value > most)) {
    const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
    throw invalidValue(`Value '${value}' at '${member}' failed to satisfy constraint: Member must have value ${bound}`);
  }
}

/** Lambda tries to take the role when it is named: it must be there and trust Lambda. */
function checkRole({ iam }: World, arn: string | undefined): void {
  const role = [...iam.roles.values()].find((one) => one.arn === arn);
  if (arn !== undefined && !role?.trustPolicy.includes('lambda.amazonaws.com')) {
    throw invalidValue('The role defined for the function cannot be assumed by Lambda.');
  }
}

function checkEnvironment(variables: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(variables).filter((name) => RESERVED.test(name));
  if (reserved.length > 0) {
    throw invalidValue(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  if (Buffer.byteLength(JSON.stringify(variables)) > LARGEST_ENVIRONMENT) {
    throw invalidValue(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the ${LARGEST_ENVIRONMENT / 1024}KB limit.`,
    );
  }
}

function checkNetwork(
  { ec2 }: World,
  { SubnetIds = [], SecurityGroupIds = [] }: NonNullable<Settings['VpcConfig']>,
): void {
  const subnet = SubnetIds.find((id) => !ec2.subnets.has(id));
  if (subnet !== undefined) {
    throw invalidValue(
      `Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID '${subnet}' does not exist`,
    );
  }
  const group = SecurityGroupIds.find((id) => !ec2.securityGroups.has(id));
  if (group !== undefined) {
    throw invalidValue(
      `Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. EC2 Error Message: The security group '${group}' does not exist`,
    );
  }
}
