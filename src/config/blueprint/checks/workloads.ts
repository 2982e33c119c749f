import { fargateSizeProblem } from '../../../domain/fargate-size.ts';
import { quoted } from '../../../domain/quoted.ts';
import { parseSecretReference } from '../../../domain/secret-reference.ts';
import type { FieldPath, Finding } from '../../document/finding.ts';
import type { Blueprint, BlueprintContainer } from '../blueprint.ts';

/** Sizes that exist, secrets that can be read, and names that do not meet. */
export function workloadFindings(blueprint: Blueprint): Finding[] {
  const { services, tasks } = blueprint;
  const workloads = [
    ...Object.entries(services).map(([name, service]) => ({ field: ['services', name], workload: service })),
    ...Object.entries(tasks).map(([name, task]) => ({ field: ['tasks', name], workload: task })),
  ];
  return [
    ...workloads.flatMap(({ field, workload }) => sizeFindings(field, workload)),
    ...containersOf(blueprint).flatMap(({ field, container }) => secretFindings(field, container)),
    ...nameFindings(blueprint),
    ...capacityFindings(blueprint),
    ...targetFindings(blueprint),
  ];
}

function sizeFindings(field: FieldPath, size: { cpu: number; memory: number }): Finding[] {
  const message = fargateSizeProblem(size);
  return message === undefined
    ? []
    : [{ field: [...field, 'memory'], message, found: `cpu ${size.cpu}, memory ${size.memory}`, allowed: null }];
}

function containersOf({ services, tasks }: Blueprint): { field: FieldPath; container: BlueprintContainer }[] {
  return [
    ...Object.entries(services).flatMap(([name, service]) => [
      { field: ['services', name], container: service },
      ...Object.entries(service.sidecars).map(([sidecar, container]) => ({
        field: ['services', name, 'sidecars', sidecar],
        container,
      })),
    ]),
    ...Object.entries(tasks).map(([name, task]) => ({ field: ['tasks', name], container: task })),
  ];
}

function secretFindings(field: FieldPath, { secrets, environment }: BlueprintContainer): Finding[] {
  return Object.entries(secrets).flatMap(([variable, text]): Finding[] => {
    const at = [...field, 'secrets', variable];
    if (Object.hasOwn(environment, variable)) {
      return [
        {
          field: at,
          message: `${quoted(variable)} is set under \`environment\` as well`,
          found: null,
          allowed: 'one of the two',
        },
      ];
    }
    return parseSecretReference(text.replace(/\$\{[^}]*\}/g, 'x')) === undefined
      ? [
          {
            field: at,
            message: 'cannot be read: it is neither a secret nor a parameter',
            found: text,
            allowed: '`name`, `name:key`, `name:key:stage:version` or `/path/of/a/parameter`',
          },
        ]
      : [];
  });
}

/** Task definitions of services and tasks share their names, and containers of one task theirs. */
function nameFindings({ services, tasks }: Blueprint): Finding[] {
  const reserved = Object.hasOwn(services, 'database') ? ['database'] : [];
  return [
    ...reserved.map((name) => ({
      field: ['services', name],
      message: '`database` is the clone, and cannot be a service',
      found: name,
      allowed: 'another name',
      atKey: true,
    })),
    ...Object.keys(tasks)
      .filter((name) => Object.hasOwn(services, name))
      .map((name) => ({
        field: ['tasks', name],
        message: 'there is a service of this name',
        found: name,
        allowed: 'another name',
        atKey: true,
      })),
    ...Object.entries(services)
      .filter(([name, { sidecars }]) => Object.hasOwn(sidecars, name))
      .map(([name]) => ({
        field: ['services', name, 'sidecars', name],
        message: "a sidecar cannot have its service's name",
        found: name,
        allowed: 'another name',
        atKey: true,
      })),
  ];
}

function capacityFindings({ database }: Blueprint): Finding[] {
  return database !== null && database.capacity.min > database.capacity.max
    ? [
        {
          field: ['database', 'capacity'],
          message: 'the least capacity is more than the most',
          found: `min ${database.capacity.min}, max ${database.capacity.max}`,
          allowed: null,
        },
      ]
    : [];
}

/** Nothing is written twice by one environment either. */
function targetFindings({ parameters, secrets }: Blueprint): Finding[] {
  return [
    ...repeated(parameters.map(({ to }) => to)).map((index) => ({
      list: 'parameters',
      index,
      to: parameters[index]?.to,
    })),
    ...repeated(secrets.map(({ to }) => to)).map((index) => ({ list: 'secrets', index, to: secrets[index]?.to })),
  ].map(({ list, index, to }) => ({
    field: [list, index, 'to'],
    message: 'is written to twice',
    found: to ?? null,
    allowed: 'every target once',
  }));
}

function repeated(texts: readonly string[]): number[] {
  return texts.flatMap((text, index) => (texts.indexOf(text) === index ? [] : [index]));
}
