import type { BlueprintContainer } from '../../config/blueprint/blueprint.ts';
import type { ContainerContent, TaskDefinitionContent } from '../../domain/resource.ts';
import { parseSecretReference, secretValueFrom } from '../../domain/secret-reference.ts';
import { referencesOf } from '../../domain/template.ts';
import { isLateReference } from '../../domain/template-reference.ts';
import { type AnyNode, type Known, type Need, node, output, ready } from '../graph/node.ts';
import { type PlanContext, type Workload, workloadsOf } from './context.ts';
import { imageKey } from './images.ts';
import { renderEarly, textsOf } from './texts.ts';

export function taskDefinitionKey(workload: string): string {
  return `task-definition/${workload}`;
}

export function logGroupKey(workload: string): string {
  return `log-group/${workload}`;
}

export function logGroupName(context: Pick<PlanContext, 'physicalName'>, workload: string): string {
  return context.physicalName('log-group', workload);
}

/** The log group and the task definition of a service or task. A definition waits for what its texts speak of, and no longer. */
export function definitionNodes(context: PlanContext, name: string, title: string): AnyNode[] {
  const workload = workloadsOf(context.blueprint)[name];
  if (!workload) {
    return [];
  }
  const service = name in context.blueprint.services ? name : null;
  const containers = containersOf(context, name, workload);
  return [
    node({
      key: logGroupKey(name),
      kind: 'log-group',
      name: logGroupName(context, name),
      title,
      service,
      needs: [],
      spec: () => ({
        retentionDays: context.platform.logs.retentionDays,
        kmsKeyId: context.platform.logs.kmsKeyArn ?? null,
      }),
    }),
    node({
      key: taskDefinitionKey(name),
      kind: 'task-definition',
      name: context.physicalName('task-definition', name),
      title,
      service,
      needs: containers.needs,
      spec: (known) => ({ content: contentOf(context, workload, containers.render(known)) }),
    }),
  ];
}

function contentOf(
  { platform }: PlanContext,
  workload: Workload,
  containers: ContainerContent[],
): TaskDefinitionContent {
  const { executionRoleArn, taskRoleArn } = platform.cluster;
  const { cpu, memory, architecture } = workload;
  return { cpu, memory, architecture, executionRoleArn, taskRoleArn: taskRoleArn ?? null, containers };
}

interface Containers {
  readonly needs: readonly Need[];
  render(known: Known): ContainerContent[];
}

/** The main container carries the workload's own name; sidecars theirs. */
function containersOf(context: PlanContext, name: string, workload: Workload): Containers {
  const texts = textsOf(context, name);
  const sidecars = 'sidecars' in workload ? Object.entries(workload.sidecars) : [];
  const port = 'port' in workload ? workload.port : null;
  const all: readonly (readonly [string, BlueprintContainer, { ports: number[]; essential: boolean }])[] = [
    [name, workload, { ports: port === null ? [] : [port], essential: true }],
    ...sidecars.map(
      ([sidecar, container]) =>
        [
          sidecar,
          container,
          { ports: container.port === null ? [] : [container.port], essential: container.essential },
        ] as const,
    ),
  ];
  const templates = all.flatMap(([, { command, environment, secrets }]) => [
    ...(command ?? []),
    ...Object.values(environment),
    ...Object.values(secrets),
  ]);
  const ownSecrets = all
    .flatMap(([, { secrets }]) => Object.values(secrets))
    .flatMap((text) => ownSecretNeed(context, text));
  const image = workload.image.origin === 'external' ? [] : [ready(imageKey(name))];
  return {
    needs: [...image, ...texts.needs(templates), ...ownSecrets],
    render: (known) =>
      all.map(([container, { image: named, command, environment, secrets }, { ports, essential }]) => ({
        name: container,
        image: named.origin === 'external' ? named.reference : referenceOf(known, name),
        essential,
        command: command?.map((word) => texts.render(word, known)) ?? null,
        ports,
        environment: texts.renderAll(environment, known),
        secrets: Object.fromEntries(
          Object.entries(secrets).map(([variable, text]) => [
            variable,
            valueFrom(context, texts.render(text, known), known),
          ]),
        ),
        logGroup: logGroupName(context, name),
        region: context.platform.region,
      })),
  };
}

function referenceOf(known: Known, workload: string): string {
  return known.outputs('image', imageKey(workload)).reference ?? '';
}

/** Secrets that this environment copies are known by name; ECS wants the ARN, which only the copy can tell. */
function ownSecretKey({ blueprint, values }: PlanContext, secret: string): string | undefined {
  const own = blueprint.secrets.map(({ to }) => renderEarly({ values }, to));
  return own.includes(secret) ? `secret/${secret}` : undefined;
}

/** The copy that a container's secret variable is read from. A name that only a resource can tell is none of the copies'. */
function ownSecretNeed(context: PlanContext, template: string): Need[] {
  const [secret = ''] = template.split(':');
  if (template.startsWith('arn:') || referencesOf(secret).some(isLateReference)) {
    return [];
  }
  const name = renderEarly(context, secret);
  if (name.startsWith('/')) {
    const paths = context.blueprint.parameters.map(({ to }) => renderEarly(context, to));
    return paths.filter((path) => name.startsWith(path)).map((path) => ready(`parameters${path}`));
  }
  const key = ownSecretKey(context, name);
  return key ? [output<'secret'>(key, 'arn')] : [];
}

function valueFrom(context: PlanContext, text: string, known: Known): string {
  const reference = parseSecretReference(text);
  if (reference?.kind !== 'secret') {
    return text;
  }
  const key = ownSecretKey(context, reference.secret);
  return secretValueFrom(reference, key ? (known.outputs('secret', key).arn ?? '') : reference.secret);
}
