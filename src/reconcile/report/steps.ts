import { OBSERVING_KINDS, type ResourceKind } from '../../domain/resource.ts';
import type { NodeStanding } from '../graph/standing.ts';
import type { RowLeaving } from '../graph/take-down.ts';
import type { StepReport } from '../reporter.ts';
import type { ResourceRecord } from '../store.ts';
import type { RunLink } from '../workflow-run.ts';

type State = StepReport['state'];

interface Part {
  readonly title: string;
  readonly state: State;
  readonly waitingFor: string;
  readonly row: ResourceRecord | undefined;
  readonly building?: RunLink;
}

/** The way up: the nodes of the plan, gathered into the steps that people know. */
export function stepsUp(standings: readonly NodeStanding[], rows: readonly ResourceRecord[]): StepReport[] {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return gather(
    standings.map(({ node, standing }) => {
      const states = { ready: 'done', pending: 'running', blocked: 'waiting', failed: 'failed' } as const;
      // What heals by itself is on its way, as far as people are concerned.
      const healing = standing.state === 'failed' && standing.failure.actor === 'nobody';
      const waitingFor = standing.state === 'pending' ? standing.waitingFor : '';
      return {
        title: node.title,
        state: healing ? 'running' : states[standing.state],
        waitingFor,
        row: byKey.get(node.key),
        ...(standing.state === 'pending' && standing.building && { building: standing.building }),
      };
    }),
  );
}

const LEAVING_TITLES: readonly (readonly [prefix: string, title: string])[] = [
  ['clone-', 'Clone of the database'],
  ['database-', 'Clone of the database'],
  ['service', 'Services'],
  ['one-off-task', 'Tasks'],
  ['task-definition', 'Services'],
  ['target-group', 'Load balancer'],
  ['listener', 'Load balancer'],
  ['certificate', 'Certificate'],
  ['dns-records', 'Host names'],
  ['log-group', 'Logs'],
  ['secret', 'Secrets and parameters'],
  ['parameters', 'Secrets and parameters'],
];

/**
 * The way down: the rows of the ledger, gathered by what they are. What was only looked at has nothing to remove. The
 * ledger keeps no instant at which a removal began, so none of these steps says how long it took.
 */
export function stepsDown(leavings: readonly RowLeaving[]): StepReport[] {
  const owned = leavings.filter(({ row }) => !OBSERVING_KINDS.includes(row.kind));
  const steps = gather(
    owned.map(({ row, leaving }) => {
      const states = { gone: 'done', releasing: 'running', blocked: 'waiting', failed: 'failed' } as const;
      const title = LEAVING_TITLES.find(([prefix]) => row.kind.startsWith(prefix))?.[1] ?? row.kind;
      const waitingFor = leaving.state === 'releasing' ? leaving.waitingFor : '';
      return { title, state: states[leaving.state], waitingFor, row };
    }),
  );
  return steps.map((step) => ({ ...step, startedAt: null, endedAt: null }));
}

/** Made long before the step they belong to can begin, and in no time. */
const PREPARING: readonly ResourceKind[] = ['log-group', 'target-group', 'listener-rule', 'task-definition'];

function gather(parts: readonly Part[]): StepReport[] {
  const byTitle = Map.groupBy(parts, ({ title }) => title);
  return [...byTitle].map(([title, members]) => {
    const state = stateOf(members.map((member) => member.state));
    const rows = members.flatMap(({ row }) => row ?? []);
    const lasting = rows.filter(({ kind }) => !PREPARING.includes(kind));
    const asked = (lasting.length > 0 ? lasting : rows).map(({ askedAt }) => askedAt);
    const ended = rows.flatMap(({ readyAt }) => readyAt ?? []);
    // A step that failed waits for nobody, whatever its other resources would still wait for.
    const held = state === 'running' ? members.find(({ waitingFor }) => waitingFor !== '') : undefined;
    return {
      key: title,
      title,
      state,
      startedAt: extreme(asked, Math.min),
      endedAt: state === 'done' ? extreme(ended, Math.max) : null,
      waitingFor: held?.waitingFor ?? '',
      ...(held?.building && { building: held.building }),
    };
  });
}

function stateOf(states: readonly State[]): State {
  if (states.includes('failed')) {
    return 'failed';
  }
  if (states.every((state) => state === 'done')) {
    return 'done';
  }
  // With some done and the rest waiting for other steps, nothing of it is on its way.
  return states.includes('running') ? 'running' : 'waiting';
}

function extreme(instants: readonly Date[], pick: (...values: number[]) => number): Date | null {
  return instants.length === 0 ? null : new Date(pick(...instants.map((instant) => instant.getTime())));
}
