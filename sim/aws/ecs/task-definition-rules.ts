import type { ContainerDefinition, RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs';
import { Refusal } from '../wire/refusal.ts';
import { cpuUnits, isFargateSize, memoryMiB } from './fargate-sizes.ts';

function refuse(message: string): never {
  throw new Refusal('ClientException', message);
}

/** Refuses a task definition that ECS would refuse. Everything here is a ClientException. */
export function checkTaskDefinition(input: RegisterTaskDefinitionRequest): void {
  if (!/^[a-zA-Z0-9_-]{1,255}$/.test(input.family ?? '')) {
    refuse('Family contains invalid characters.');
  }
  const containers = input.containerDefinitions ?? [];
  if (containers.length === 0) {
    refuse('Container list cannot be empty.');
  }
  checkContainers(input, containers);
  if (input.requiresCompatibilities?.includes('FARGATE')) {
    checkFargate(input, containers);
  }
}

function checkContainers(input: RegisterTaskDefinitionRequest, containers: readonly ContainerDefinition[]): void {
  const names = new Set<string>();
  for (const container of containers) {
    const name = container.name ?? '';
    if (!/^[a-zA-Z0-9_-]{1,255}$/.test(name)) {
      refuse(
        'Container.name should not be null or empty, and may hold only letters, numbers, hyphens and underscores.',
      );
    }
    if (!container.image) {
      refuse('Container.image should not be null or empty.');
    }
    if (names.has(name)) {
      refuse(`Container.name should not be repeated: ${name}.`);
    }
    names.add(name);
    checkPorts(input, container);
    checkSecrets(input, container);
  }
  if (containers.every(({ essential }) => essential === false)) {
    refuse('At least one container must be essential.');
  }
}

function checkPorts({ networkMode }: RegisterTaskDefinitionRequest, { portMappings = [] }: ContainerDefinition): void {
  for (const { containerPort, hostPort } of portMappings) {
    if (networkMode === 'awsvpc' && hostPort !== undefined && hostPort !== containerPort) {
      refuse('When networkMode=awsvpc, the host ports and container ports in port mappings must match.');
    }
  }
}

function checkSecrets({ executionRoleArn }: RegisterTaskDefinitionRequest, { secrets }: ContainerDefinition): void {
  if (secrets?.length && !executionRoleArn) {
    refuse("When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.");
  }
}

function checkFargate(input: RegisterTaskDefinitionRequest, containers: readonly ContainerDefinition[]): void {
  if (input.networkMode !== 'awsvpc') {
    refuse('Fargate only supports network mode ‘awsvpc’.');
  }
  if (input.cpu === undefined) {
    refuse("Fargate requires that 'cpu' be defined at the task level.");
  }
  if (input.memory === undefined) {
    refuse("Fargate requires that 'memory' be defined at the task level.");
  }
  if (!isFargateSize(cpuUnits(input.cpu), memoryMiB(input.memory))) {
    refuse('No Fargate configuration exists for given values.');
  }
  for (const container of containers) {
    checkLogging(input, container);
    if (!input.executionRoleArn && /^\d{12}\.dkr\.ecr\./.test(container.image ?? '')) {
      refuse('Fargate requires task definition to have execution role ARN to support ECR images.');
    }
  }
}

function checkLogging(
  { executionRoleArn }: RegisterTaskDefinitionRequest,
  { logConfiguration }: ContainerDefinition,
): void {
  if (logConfiguration?.logDriver !== 'awslogs') {
    return;
  }
  if (!executionRoleArn) {
    refuse('Fargate requires task definition to have execution role ARN to support log driver awslogs.');
  }
  for (const option of ['awslogs-group', 'awslogs-region', 'awslogs-stream-prefix']) {
    if (!logConfiguration.options?.[option]) {
      refuse(`Log driver awslogs requires options: ${option}`);
    }
  }
}
