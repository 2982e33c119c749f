import type { Condition, ConditionStatus, ConditionType } from './condition.ts';
import type { Intent } from './intent.ts';

/** Where an environment stands, in one word. Derived each time it is shown; never stored, and nothing is decided by it. */
export type Phase =
  | 'unapproved'
  | 'waiting'
  | 'coming-up'
  | 'updating'
  | 'ready'
  | 'failing'
  | 'going'
  | 'gone'
  | 'refused';

/** What has to be true, in this order, for an environment to be ready. */
const STEPS: readonly ConditionType[] = ['DatabaseReady', 'ImagesReady', 'ServicesReady', 'Reachable', 'Serving'];

/**
 * The phase that an environment's conditions amount to.
 *
 * - absent is wanted: `going`, and `gone` once `Released` is true.
 * - `Approved` not true: `unapproved`, whatever was served before and still is.
 * - `Admitted` false: `refused`. `Admitted` unknown: `waiting` for a slot or for room, while nothing has been served and no step
 *   is false.
 * - `BlueprintValid` false: `refused` while nothing has been served; afterwards `failing`, as what ran still runs.
 * - any step false: `failing`. All that are there true, `Serving` among them: `ready`.
 * - anything else is on its way: `updating` when a commit has been served before (`servedSha`), otherwise `coming-up`.
 */
export function phaseOf(environment: {
  intent: Pick<Intent, 'state'>;
  conditions: readonly Pick<Condition, 'type' | 'status'>[];
  servedSha: string | undefined;
}): Phase {
  const { intent, conditions, servedSha } = environment;
  const status = new Map(conditions.map((condition) => [condition.type, condition.status]));
  if (intent.state === 'absent') {
    return status.get('Released') === 'true' ? 'gone' : 'going';
  }
  return phaseBeforeSteps(status, servedSha) ?? phaseOfSteps(status, servedSha);
}

function isStepFalse(status: ReadonlyMap<ConditionType, ConditionStatus>): boolean {
  return STEPS.some((step) => status.get(step) === 'false');
}

function phaseBeforeSteps(
  status: ReadonlyMap<ConditionType, ConditionStatus>,
  servedSha: string | undefined,
): Phase | undefined {
  if ((status.get('Approved') ?? 'true') !== 'true') {
    return 'unapproved';
  }
  if (status.get('Admitted') === 'false') {
    return 'refused';
  }
  if (status.get('BlueprintValid') === 'false') {
    return servedSha === undefined ? 'refused' : 'failing';
  }
  const waits = status.get('Admitted') === 'unknown' && servedSha === undefined && !isStepFalse(status);
  return waits ? 'waiting' : undefined;
}

function phaseOfSteps(status: ReadonlyMap<ConditionType, ConditionStatus>, servedSha: string | undefined): Phase {
  if (isStepFalse(status)) {
    return 'failing';
  }
  const known = STEPS.map((step) => status.get(step)).filter((value) => value !== undefined);
  if (status.get('Serving') === 'true' && known.every((value) => value === 'true')) {
    return 'ready';
  }
  return servedSha === undefined ? 'coming-up' : 'updating';
}
