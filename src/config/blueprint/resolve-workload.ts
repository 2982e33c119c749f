import type { BlueprintContainer, BlueprintService, BlueprintSidecar, BlueprintTask } from './blueprint.ts';
import type { DefaultsInput, ServiceInput, TaskInput } from './service-schema.ts';

export const DEFAULT_CPU = 256;
export const DEFAULT_MEMORY = 512;
export const DEFAULT_TASK_SECONDS = 10 * 60;
const DEFAULT_GRACE_SECONDS = 2 * 60;

type SidecarInput = ServiceInput['sidecars'][string];

/** The service's own word, else that of `defaults`, else Mayfly's. Variables, secrets and checks are merged one by one. */
export function resolveService(service: ServiceInput, defaults: DefaultsInput): BlueprintService {
  const { apex, paths, dependsOn } = service;
  const port = service.port ?? defaults.port ?? false;
  const hosts = service.hosts ?? (service.host === undefined ? [] : [service.host]);
  return {
    ...containerOf(service, defaults),
    ...sizeOf(service, defaults),
    ...reachOf(service, defaults),
    ...healthOf(service, defaults),
    port: port === false ? null : port,
    hosts,
    apex,
    expose: service.expose ?? defaultExposure({ port, answers: hosts.length > 0 || apex }),
    sidecars: Object.fromEntries(
      Object.entries(service.sidecars).map(([name, sidecar]) => [name, resolveSidecar(sidecar)]),
    ),
    paths,
    dependsOn,
  };
}

function reachOf(
  service: ServiceInput,
  defaults: DefaultsInput,
): Pick<BlueprintService, 'listeners' | 'sourceCidrs' | 'count'> {
  return {
    listeners: service.listeners ?? defaults.listeners ?? null,
    sourceCidrs: service.sourceCidrs ?? defaults.sourceCidrs ?? [],
    count: service.count ?? defaults.count ?? 1,
  };
}

export function resolveTask(task: TaskInput, defaults: DefaultsInput): BlueprintTask {
  return {
    ...containerOf(task, defaults),
    ...sizeOf(task, { architecture: defaults.architecture }),
    phase: task.phase,
    timeoutSeconds: task.timeout ?? DEFAULT_TASK_SECONDS,
    paths: task.paths,
  };
}

function defaultExposure({ port, answers }: { port: number | false; answers: boolean }): BlueprintService['expose'] {
  if (answers) {
    return 'public';
  }
  return port === false ? 'none' : 'internal';
}

function resolveSidecar(sidecar: SidecarInput): BlueprintSidecar {
  return { ...containerOf(sidecar, {}), port: sidecar.port ?? null, essential: sidecar.essential };
}

function containerOf(
  own: Pick<ServiceInput, 'image' | 'command' | 'environment' | 'secrets'>,
  defaults: Pick<DefaultsInput, 'environment' | 'secrets'>,
): BlueprintContainer {
  const secrets = { ...defaults.secrets, ...own.secrets };
  const environment = { ...defaults.environment, ...own.environment };
  return {
    image: own.image,
    command: own.command ?? null,
    environment: without(
      environment,
      Object.keys(own.secrets ?? {}).filter((key) => own.environment?.[key] === undefined),
    ),
    secrets: without(
      secrets,
      Object.keys(own.environment ?? {}).filter((key) => own.secrets?.[key] === undefined),
    ),
  };
}

/** A variable that a service sets itself takes the place of a default of either kind. */
function without(record: Readonly<Record<string, string>>, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

type Size = { cpu?: number | undefined; memory?: number | undefined; architecture?: 'X86_64' | 'ARM64' | undefined };

function sizeOf(own: Size, defaults: Size): Required<{ [K in keyof Size]: NonNullable<Size[K]> }> {
  return {
    cpu: own.cpu ?? defaults.cpu ?? DEFAULT_CPU,
    memory: own.memory ?? defaults.memory ?? DEFAULT_MEMORY,
    architecture: own.architecture ?? defaults.architecture ?? 'X86_64',
  };
}

function healthOf(
  service: ServiceInput,
  defaults: DefaultsInput,
): Pick<BlueprintService, 'healthCheck' | 'healthCheckGraceSeconds'> {
  const check = { ...defaults.healthCheck, ...service.healthCheck };
  return {
    healthCheck: {
      path: check.path ?? '/',
      matcher: check.matcher ?? '200-399',
      intervalSeconds: check.interval ?? 15,
      timeoutSeconds: check.timeout ?? 5,
      healthyThreshold: check.healthyThreshold ?? 2,
      unhealthyThreshold: check.unhealthyThreshold ?? 3,
    },
    healthCheckGraceSeconds: check.grace ?? DEFAULT_GRACE_SECONDS,
  };
}
