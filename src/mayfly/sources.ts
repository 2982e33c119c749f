import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Platform } from '../config/platform.ts';
import { createMaskLog } from '../provision/aws/source/mask-log.ts';
import { createMaskTask } from '../provision/aws/source/mask-task.ts';
import { createSnapshots } from '../provision/aws/source/snapshots.ts';
import { createSourceClusters } from '../provision/aws/source/source-clusters.ts';
import type { SourcePorts, SourceSettings } from '../reconcile/source/ports.ts';
import { refreshSource } from '../reconcile/source/refresh-source.ts';
import { createSourceRounds, type SourceRounds } from '../reconcile/source/source-rounds.ts';
import type { SourceEvent } from '../reconcile/source/stepping.ts';
import { createSchemaMemory } from '../store/schemas.ts';
import { createSourceStore } from '../store/sources.ts';
import type { Connected, MayflyParts } from './parts.ts';

/** What failed is left for a day, for somebody to look at. */
const FAILED_SECONDS = 86_400;

type Refresh = NonNullable<Platform['database']['refresh']>;

/** What makes sources, and has them go; undefined where the platform says nothing of how. */
export function sourceRoundsOf(
  parts: MayflyParts,
  { database }: Pick<Connected, 'database'>,
): SourceRounds | undefined {
  const { clock, log, platform } = parts;
  const { refresh, passportPublicKey } = platform.database;
  if (!refresh || passportPublicKey === undefined) {
    return undefined;
  }
  const store = createSourceStore(database);
  const ports = { ...sourcePortsOf(parts, refresh), store, clock, memory: createSchemaMemory(database) };
  const settings = settingsOf(platform, { refresh, publicKey: passportPublicKey });
  return createSourceRounds({
    store,
    clock,
    look: async (signal) => await refreshSource({ ports, settings, signal, tell: (event) => logEvent(event, log) }),
    async pause(seconds, signal) {
      await sleep(clock.wallMilliseconds(seconds), undefined, { signal }).catch(() => undefined);
    },
    tell: (err) => log.warn({ err }, 'a look at the sources was not whole, and is made again'),
  });
}

function sourcePortsOf(
  { clients, platform }: MayflyParts,
  refresh: Refresh,
): Pick<SourcePorts, 'clusters' | 'snapshots' | 'task' | 'passports' | 'shapes'> {
  const { ecs, logs, rds, secrets } = clients;
  const { subnetGroup, securityGroupIds, parameterGroup } = platform.database;
  const { instanceClass, capacity, passwordSecret, taskFamily: family, container, database, rules, caFile } = refresh;
  const log = createMaskLog({ ecs, logs, family, container });
  return {
    clusters: createSourceClusters({
      rds,
      secrets,
      making: {
        platform: platform.name,
        subnetGroup,
        securityGroupIds,
        parameterGroup,
        instanceClass,
        capacity,
        passwordSecret,
      },
    }),
    snapshots: createSnapshots({ rds, of: refresh.snapshotsOf, accountId: platform.accountId }),
    task: createMaskTask({
      ecs,
      log,
      mask: {
        platform: platform.name,
        clusterArn: platform.cluster.arn,
        family,
        container,
        subnetIds: platform.network.subnetIds,
        securityGroupIds: refresh.taskSecurityGroupIds ?? platform.network.serviceSecurityGroupIds,
        database,
        rules,
        caFile,
      },
    }),
    passports: log,
    shapes: log,
  };
}

function settingsOf(
  { name }: Platform,
  { refresh, publicKey }: { refresh: Refresh; publicKey: string },
): SourceSettings {
  return {
    platform: name,
    publicKey,
    schedule: refresh.schedule ?? null,
    keepDays: refresh.keepDays,
    failedSeconds: FAILED_SECONDS,
    maskSeconds: refresh.maskHours * 3600,
  };
}

function logEvent(event: SourceEvent, log: Logger): void {
  if (event.kind === 'failed') {
    log.error({ source: event.id, reason: event.message }, 'a source failed; the one in service stays in service');
  } else if (event.kind === 'unseen') {
    log.info({ source: event.id, reason: event.message }, 'the schema of a source is known with its first clone only');
  } else {
    log.info({ source: event.id, kind: event.kind, reason: event.message }, 'a source came a step further');
  }
}
