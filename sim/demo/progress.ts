import type { AnyNode } from '../../src/reconcile/graph/node.ts';
import type { ResourceRecord } from '../../src/reconcile/store.ts';
import type { SimClock } from '../clock.ts';

export interface Progress {
  /** A line for people. */
  say(line: string): void;
  /** Shows how far the rows are; equal states are shown once. */
  show(rows: readonly ResourceRecord[], nodes: readonly AnyNode[]): void;
}

const MARKS = { done: '✔', running: '◐', waiting: '·', failed: '✘' } as const;

/** A tree that is drawn over itself on a terminal, plain lines of what changed elsewhere. */
export function createProgress(out: NodeJS.WriteStream, clock: SimClock): Progress {
  const began = clock.now().getTime();
  const seconds = (): string => `${Math.round((clock.now().getTime() - began) / 1000)}`.padStart(5);
  let drawn = 0;
  let last = new Map<string, string>();

  function erase(): void {
    if (drawn > 0) {
      out.write(`\u001b[${drawn}A\u001b[J`);
      drawn = 0;
    }
  }

  function say(line: string): void {
    erase();
    out.write(`${seconds()} s  ${line}\n`);
  }

  return {
    say,
    show(rows, nodes) {
      const steps = stepsOf(rows, nodes);
      const changed = [...steps].filter(([title, line]) => last.get(title) !== line);
      last = steps;
      if (out.isTTY) {
        erase();
        for (const line of steps.values()) {
          out.write(`        ${line}\n`);
        }
        drawn = steps.size;
        return;
      }
      for (const [, line] of changed) {
        say(line);
      }
    },
  };
}

function stepsOf(rows: readonly ResourceRecord[], nodes: readonly AnyNode[]): Map<string, string> {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const steps = new Map<string, string>();
  for (const [title, members] of Map.groupBy(nodes, (node) => node.title)) {
    const own = members.flatMap(({ key }) => byKey.get(key) ?? []);
    const state = stateOf(own, members.length);
    const waiting = own.find(({ state: at, message }) => at !== 'ready' && message !== '')?.message ?? '';
    steps.set(title, `${MARKS[state]} ${title}${waiting === '' || state === 'done' ? '' : `  (${waiting})`}`);
  }
  return steps;
}

function stateOf(own: readonly ResourceRecord[], expected: number): keyof typeof MARKS {
  if (own.some(({ state }) => state === 'failed')) {
    return 'failed';
  }
  if (own.length === expected && own.every(({ state }) => state === 'ready')) {
    return 'done';
  }
  return own.length === 0 ? 'waiting' : 'running';
}
