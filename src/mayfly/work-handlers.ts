import { createForge } from '../github/forge.ts';
import { createPermissions } from '../github/permission.ts';
import { createReplier } from '../github/replier.ts';
import { createReporter } from '../github/reporter.ts';
import { createWorkflows } from '../github/workflows.ts';
import { createLogReader } from '../provision/aws/log-reader.ts';
import { callWaiting } from '../reconcile/admission/call-waiting.ts';
import type { CostReport } from '../reconcile/cost/cost-report.ts';
import { createTakeIn } from '../reconcile/inbox/take-in.ts';
import type { Sweeper } from '../reconcile/orphans/sweeper.ts';
import { createReconciler } from '../reconcile/pass/reconciler.ts';
import { createPlanner } from '../reconcile/plan/create-planner.ts';
import { logGroupOf, servicesOf } from '../reconcile/plan/lookup.ts';
import type { Rounds } from '../reconcile/rounds.ts';
import { sendReply } from '../reconcile/send-reply.ts';
import { createSourceChoice } from '../reconcile/source/choose-source.ts';
import type { SourceRounds } from '../reconcile/source/source-rounds.ts';
import { statusLines } from '../reconcile/status.ts';
import type { EnvironmentRecord } from '../reconcile/store.ts';
import { createSourceStore } from '../store/sources.ts';
import { budgetsOf } from './budgets.ts';
import { changelogsOf } from './changelogs.ts';
import { cloneSchemasOf } from './clone-schemas.ts';
import type { Costs } from './costs.ts';
import { databaseStatusOf } from './database-status.ts';
import { intakeSettings } from './intake.ts';
import type { Connected, MayflyParts } from './parts.ts';
import { provisionersOf } from './provisioners.ts';
import { rosterOf } from './roster.ts';
import { condemnedOf } from './sweeper.ts';

interface Rounding {
  readonly rounds: Rounds;
  readonly sweeper: Sweeper;
  readonly sources: SourceRounds | undefined;
  readonly costs: Costs | undefined;
}

/** What the workers of a process do with each kind of job. */
export function workHandlers(
  parts: MayflyParts,
  { rounds, sweeper, sources, costs, ...connected }: Connected & Rounding,
) {
  const { config, platform, clients, clock, log } = parts;
  const { within = async (_id, look) => await look() } = parts;
  const { store, probot, octokits, identity } = connected;
  const { blueprintPath, triggerLabel: label } = config;
  const planner = createPlanner({ platform, blueprintPath });
  const forge = createForge(octokits, config);
  const onUnexpected = (where: string, error: unknown) =>
    log.error({ err: error, where }, 'an error that no adapter knows');
  const { labelPermission, allowedBots, askLimits } = config;
  const inbox = createTakeIn({
    ports: { store, clock, forge, permissions: createPermissions(octokits), onUnexpected },
    settings: {
      ...intakeSettings(config, platform),
      labelPermission,
      allowedBots,
      askLimits,
      ownLogin: identity.ownLogin,
    },
  });
  const reconciler = createReconciler({
    ports: {
      store,
      clock,
      planner,
      budgets: budgetsOf(parts, connected),
      sources: createSourceChoice({ sources: createSourceStore(connected.database), platform }),
      forge,
      changelogs: changelogsOf(parts, { forge }),
      roster: rosterOf(config, { probot, octokits, identity }),
      workflows: createWorkflows({ octokits, identity }),
      provisioners: provisionersOf(parts),
      reporter: createReporter({ octokits, identity, schemaUrl: config.schemaUrl }),
      meter: costs?.meter,
      schemas: cloneSchemasOf(parts, connected),
      onUnexpected,
    },
    settings: {
      label,
      ownLogin: identity.ownLogin,
      blueprintPath,
      ...platform.limits,
      limit: platform.limits.environments,
    },
  });
  const removeCondemned = condemnedOf(parts, connected);
  const replyPorts = {
    store,
    label,
    logs: createLogReader(clients.logs),
    replier: createReplier({ octokits, identity }),
    logGroupOf: logGroupOf(platform, blueprintPath),
    servicesOf: servicesOf(blueprintPath),
    statusOf: (record: EnvironmentRecord, cost?: CostReport) => statusLines(record, clock.now(), cost),
    costOf: async (record: EnvironmentRecord) => await costs?.meter.last(record),
    databaseStatusOf: databaseStatusOf(parts, connected),
  };
  return {
    reconcile: async (id: string, signal: AbortSignal) =>
      await within(id, async () => {
        await removeCondemned(id, signal);
        return await reconciler.reconcile(id, signal);
      }),
    takeIn: async (id: string, signal: AbortSignal) => await inbox.takeIn(id, signal),
    reply: async (job: Parameters<typeof sendReply>[0]) => await sendReply(job, replyPorts),
    tick: async () => {
      await store.transaction(async (transaction) => await callWaiting(transaction));
      await rounds.callRound();
      await sources?.callRound();
      await costs?.useRounds.callRound();
      if (config.sweep.mode !== 'off') {
        await sweeper.callLook();
      }
    },
  };
}
