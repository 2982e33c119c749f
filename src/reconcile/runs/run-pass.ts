import type { Clock } from '../clock.ts';
import type { Forge } from '../forge.ts';
import type { Attention } from '../graph/attention.ts';
import { confirmIntent } from '../pass/confirm-intent.ts';
import type { PassPorts } from '../pass/ports.ts';
import type { EnvironmentRecord } from '../store.ts';
import type { WorkflowRunRecord } from '../workflow-run.ts';
import type { WorkflowPlace, Workflows } from '../workflows.ts';

/** What a step towards one run needs of the pass it belongs to. */
export interface RunPass {
  readonly record: EnvironmentRecord;
  readonly forge: Pick<Forge, 'file'>;
  readonly workflows: Workflows;
  readonly clock: Clock;
  /** Writes it down before anything more is done, and gives it back. */
  save(run: WorkflowRunRecord): Promise<WorkflowRunRecord>;
  /** Reads the intent again. Throws `SupersededError` when it is no longer what this pass began with. */
  confirmIntent(): Promise<void>;
}

/** The runs of one environment, as one pass attends to them. */
export interface RunsOfPass {
  readonly record: EnvironmentRecord;
  readonly ports: PassPorts;
  readonly attention: Attention<true>;
  /** Aborts when this process no longer holds the environment. */
  readonly signal: AbortSignal;
}

export function runPassOf({ record, ports, signal }: RunsOfPass): RunPass {
  const { store, forge, workflows, clock } = ports;
  return {
    record,
    forge,
    workflows,
    clock,
    async save(run) {
      await store.saveRun(record.identity.id, record.life, run);
      return run;
    },
    confirmIntent: async () => await confirmIntent({ record, store, signal }),
  };
}

export function placeOf({ installationId }: EnvironmentRecord, repository: string): WorkflowPlace {
  return { repository, installationId };
}

/** Seconds for which a run that was asked for may not be listed yet. */
export const SEARCH_SECONDS = 60;

export function isBeingSearched(since: Date, now: Date): boolean {
  return now.getTime() - since.getTime() < SEARCH_SECONDS * 1000;
}
