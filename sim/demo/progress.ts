import { styleText } from 'node:util';
import type { AnyNode } from '../../src/reconcile/graph/node.ts';
import type { ResourceRecord } from '../../src/reconcile/store.ts';
import type { SimClock } from '../clock.ts';
import { type Step, stepsOf } from './steps.ts';

export interface Progress {
  /** A line for people. */
  say(line: string): void;
  /** Shows how far the rows are; equal states are shown once. */
  show(rows: readonly ResourceRecord[], nodes: readonly AnyNode[]): void;
  /** Nothing is written any more. */
  end(): void;
}

const MARKS = { done: '✔', running: '◐', waiting: '·', failed: '✘', gone: '○' } as const;
const STYLES = { done: 'green', running: 'cyan', waiting: 'dim', failed: 'red', gone: 'dim' } as const;
/** Of a terminal that calls itself nothing wide. */
const UNKNOWN = { columns: 80, rows: 24 } as const;

/** A step, and how long it has been on its way: until now, or until it was there. */
interface Timed extends Step {
  readonly since: number;
  readonly until: number | undefined;
}

/** A tree that is drawn over itself when `live`, on a terminal; plain lines of what changed elsewhere. */
export function createProgress(out: NodeJS.WriteStream, { clock, live }: { clock: SimClock; live: boolean }): Progress {
  const began = clock.now().getTime();
  const now = (): number => Math.round((clock.now().getTime() - began) / 1000);
  let steps = new Map<string, Timed>();
  let drawn = 0;
  let isOver = false;

  function write(text: string): void {
    if (!isOver) {
      out.write(text);
    }
  }

  /** In one write, and line by line over the last one: what is erased first flickers. */
  function draw(): void {
    const columns = out.columns > 0 ? out.columns : UNKNOWN.columns;
    const rows = out.rows > 0 ? out.rows : UNKNOWN.rows;
    const lines = treeOf([...steps.values()], { now: now(), columns, rows, out });
    write(`${up()}${lines.map((line) => `${line}\u001b[K\n`).join('')}\u001b[J`);
    drawn = lines.length;
  }

  const up = (): string => (drawn > 0 ? `\u001b[${drawn}A` : '');

  function say(line: string): void {
    write(`${up()}${live ? '\u001b[J' : ''}${stamp(now())}  ${line}\n`);
    drawn = 0;
  }

  return {
    say,
    show(rows, nodes) {
      const before = steps;
      const next = stepsOf(rows, nodes).map((step) => timed(step, before.get(step.title), now()));
      steps = new Map(next.map((step) => [step.title, step]));
      if (live) {
        draw();
        return;
      }
      for (const { title, state, note } of next) {
        const last = before.get(title);
        if (last?.state !== state || last.note !== note) {
          say(`${MARKS[state]} ${title}${state === 'gone' ? ' is gone' : ''}${note === '' ? '' : `: ${note}`}`);
        }
      }
    },
    end() {
      isOver = true;
    },
  };
}

function timed(step: Step, last: Timed | undefined, now: number): Timed {
  const isRunning = step.state === 'running' || step.state === 'failed';
  const wasRunning = last?.state === 'running' || last?.state === 'failed';
  if (isRunning) {
    return { ...step, since: last && wasRunning ? last.since : now, until: undefined };
  }
  return { ...step, since: last?.since ?? now, until: last?.until ?? now };
}

function stamp(seconds: number): string {
  return `${seconds} s`.padStart(7);
}

interface Frame {
  readonly now: number;
  readonly columns: number;
  readonly rows: number;
  readonly out: NodeJS.WriteStream;
}

/** Never wider nor higher than the terminal: what does not fit could not be drawn over. */
function treeOf(steps: readonly Timed[], frame: Frame): string[] {
  const room = Math.max(1, frame.rows - 2);
  const width = Math.max(0, ...steps.map(({ title }) => title.length));
  // On a low terminal, what is on its way is worth more than what is done or has not begun.
  const shown = steps.length <= room ? steps : steps.filter(({ state }) => state === 'running' || state === 'failed');
  const settled = steps.filter(({ state }) => state === 'done' || state === 'gone').length;
  const head = `${stamp(frame.now)}  ${settled} of ${steps.length} steps`;
  return [head.slice(0, frame.columns), ...shown.slice(0, room).map((step) => lineOf(step, { ...frame, width }))];
}

function lineOf(
  { title, state, note, since, until }: Timed,
  { now, columns, width, out }: Frame & { width: number },
): string {
  const took = state === 'waiting' ? '' : `${(until ?? now) - since} s`;
  const text = `${title.padEnd(width)} ${took.padStart(6)}`;
  const room = columns - 11;
  const styled = (style: Parameters<typeof styleText>[0], part: string): string =>
    styleText(style, part, { stream: out });
  const rest = clipped(note, room - text.length - 2);
  return `         ${styled(STYLES[state], MARKS[state])} ${clipped(text, room)}${rest === '' ? '' : `  ${styled('dim', rest)}`}`;
}

function clipped(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1))}${room > 0 ? '…' : ''}`;
}
