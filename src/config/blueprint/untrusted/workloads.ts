import type { BlueprintService, BlueprintTask } from '../blueprint.ts';
import { DEFAULT_CPU, DEFAULT_MEMORY, DEFAULT_TASK_SECONDS } from '../resolve-workload.ts';
import { type Bounds, named } from './bounds.ts';
import { boundContainer, boundSidecars, newContainer } from './containers.ts';

const SMALL = { cpu: DEFAULT_CPU, memory: DEFAULT_MEMORY };

/** Undefined when it is not run. */
export function boundService(name: string, service: BlueprintService, bounds: Bounds): BlueprintService | undefined {
  const before = named(bounds.base.services, name);
  return before
    ? knownService(service, { before, field: `services.${name}` }, bounds)
    : newService(name, service, bounds);
}

/** Who is let in, and who need not sign in, the base says. */
function knownService(
  service: BlueprintService,
  of: { before: BlueprintService; field: string },
  bounds: Bounds,
): BlueprintService {
  const { before, field } = of;
  const { expose, hosts, apex, listeners, sourceCidrs } = before;
  const reach = { expose, hosts, apex, listeners, sourceCidrs };
  for (const [key, given] of Object.entries(reach)) {
    bounds.refusals.given(`${field}.${key}`, service[key as keyof typeof reach], given);
  }
  return {
    ...boundContainer(service, of, bounds),
    ...reach,
    ...sizeWithin(service, { most: before, field }, bounds),
    count: atMost(service.count, { most: before.count, field: `${field}.count` }, bounds),
    sidecars: boundSidecars(service.sidecars, { before: before.sidecars, field }, bounds),
  };
}

/** It has no paths, so that its image is the commit's own and none of another branch. */
function newService(name: string, service: BlueprintService, bounds: Bounds): BlueprintService | undefined {
  const field = `services.${name}`;
  const container = newContainer(service, field, bounds);
  if (service.sourceCidrs.length > 0) {
    bounds.refusals.say(`\`${field}\` is not run: ${bounds.from} does not say which networks may reach it.`);
    return undefined;
  }
  bounds.refusals.given(`${field}.listeners`, service.listeners, null);
  return (
    container && {
      ...container,
      ...sizeWithin(service, { most: SMALL, field }, bounds),
      listeners: null,
      paths: [],
      count: atMost(service.count, { most: 1, field: `${field}.count` }, bounds),
      sidecars: boundSidecars(service.sidecars, { before: {}, field }, bounds),
    }
  );
}

/** Undefined when it is not run. */
export function boundTask(name: string, task: BlueprintTask, bounds: Bounds): BlueprintTask | undefined {
  const field = `tasks.${name}`;
  const before = named(bounds.base.tasks, name);
  const container = before ? boundContainer(task, { before, field }, bounds) : newContainer(task, field, bounds);
  const most = before?.timeoutSeconds ?? DEFAULT_TASK_SECONDS;
  return (
    container && {
      ...container,
      ...sizeWithin(task, { most: before ?? SMALL, field }, bounds),
      ...(before ? {} : { paths: [] }),
      timeoutSeconds: atMost(task.timeoutSeconds, { most, field: `${field}.timeout` }, bounds),
    }
  );
}

interface Size {
  readonly cpu: number;
  readonly memory: number;
}

/** The two go together: Fargate has not every pair. */
function sizeWithin(size: Size, { most, field }: { most: Size; field: string }, { refusals }: Bounds): Size {
  const { cpu, memory } = size.cpu <= most.cpu && size.memory <= most.memory ? size : most;
  refusals.given(`${field}.cpu`, size.cpu, cpu);
  refusals.given(`${field}.memory`, size.memory, memory);
  return { cpu, memory };
}

function atMost(asked: number, { most, field }: { most: number; field: string }, { refusals }: Bounds): number {
  refusals.given(field, asked, Math.min(asked, most));
  return Math.min(asked, most);
}
