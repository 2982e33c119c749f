import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import type { ContainerContent, TaskDefinitionContent } from '../../domain/resource.ts';
import { LOG_STREAM_PREFIX } from './log-stream.ts';

/** A task definition's content as ECS takes it. Lists made of objects are sorted, so that equal contents are equal requests. */
export function registrationOf(
  family: string,
  content: TaskDefinitionContent,
): Omit<RegisterTaskDefinitionCommandInput, 'tags'> {
  return {
    family,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: String(content.cpu),
    memory: String(content.memory),
    runtimePlatform: { cpuArchitecture: content.architecture, operatingSystemFamily: 'LINUX' },
    executionRoleArn: content.executionRoleArn,
    ...(content.taskRoleArn === null ? {} : { taskRoleArn: content.taskRoleArn }),
    containerDefinitions: content.containers.map(containerDefinition),
  };
}

function containerDefinition(container: ContainerContent): ContainerDefinition {
  return {
    name: container.name,
    image: container.image,
    essential: container.essential,
    ...(container.command === null ? {} : { command: container.command }),
    portMappings: container.ports.map((containerPort) => ({ containerPort, protocol: 'tcp' })),
    environment: sorted(container.environment).map(([name, value]) => ({ name, value })),
    secrets: sorted(container.secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': container.logGroup,
        'awslogs-region': container.region,
        'awslogs-stream-prefix': LOG_STREAM_PREFIX,
      },
    },
  };
}

function sorted(members: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(members).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
