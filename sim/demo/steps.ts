import type { AnyNode } from '../../src/reconcile/graph/node.ts';
import type { ResourceRecord, ResourceState } from '../../src/reconcile/store.ts';

export interface Step {
  readonly title: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'gone';
  /** What it waits for or why it failed; empty when there is nothing to say. */
  readonly note: string;
}

const ON_ITS_WAY: readonly ResourceState[] = ['asked', 'pending', 'releasing'];

/** The nodes of a plan, gathered into the steps that people know, as far as their rows are. */
export function stepsOf(rows: readonly ResourceRecord[], nodes: readonly AnyNode[]): Step[] {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return [...Map.groupBy(nodes, ({ title }) => title)].map(([title, members]) => {
    const own = members.flatMap(({ key }) => byKey.get(key) ?? []);
    const state = stateOf(own, members.length);
    return { title, state, note: noteOf(own, state) };
  });
}

function stateOf(own: readonly ResourceRecord[], expected: number): Step['state'] {
  if (own.some(({ state }) => state === 'failed')) {
    return 'failed';
  }
  if (own.length > 0 && own.every(({ state }) => state === 'gone')) {
    return 'gone';
  }
  if (own.length === expected && own.every(({ state }) => state === 'ready')) {
    return 'done';
  }
  // With some done and the rest waiting for other steps, nothing of it is on its way.
  return own.some(({ state }) => ON_ITS_WAY.includes(state)) ? 'running' : 'waiting';
}

function noteOf(own: readonly ResourceRecord[], state: Step['state']): string {
  if (state !== 'running' && state !== 'failed') {
    return '';
  }
  const wanted = state === 'failed' ? ['failed'] : ON_ITS_WAY;
  const message = own.find((row) => wanted.includes(row.state) && row.message !== '')?.message ?? '';
  // What went wrong is a sentence; what is waited for is not.
  return message === '' || message.endsWith('.') ? message : `waits for ${message}`;
}
