import type { Variant } from './blueprints.ts';

/** A pull request of one history, counted from 0. */
interface OnPull {
  readonly pull: number;
}

export type Who = 'developer' | 'outsider' | 'bot';

/** What somebody deletes in AWS behind Mayfly's back. */
export const HAND_DELETED = [
  'service',
  'task',
  'rule',
  'target group',
  'log group',
  'record set',
  'DB instance',
  'secret',
] as const;
export type HandDeleted = (typeof HAND_DELETED)[number];

export const AWS_TROUBLES = ['throttle', 'error-500', 'error-503', 'lost-answer', 'lost-request', 'slow'] as const;
export const GITHUB_TROUBLES = ['error-502', 'error-500', 'secondary-limit', 'too-many', 'lost-answer'] as const;
export const WEBHOOK_TROUBLES = ['lost', 'doubled', 'reordered', 'late'] as const;

/**
 * One thing that happens. Plain JSON, so that a history can be printed and played again. A step that cannot happen as
 * the world stands (reopening what is open) is passed over: so any part of a history is a history.
 */
export type Step =
  | ({ readonly do: 'open'; readonly blueprint: Variant; readonly from: 'branch' | 'fork' } & OnPull)
  | ({ readonly do: 'label' | 'unlabel' | 'close' | 'reopen' | 'merge' } & OnPull)
  | ({ readonly do: 'label as a bot' } & OnPull)
  | ({ readonly do: 'push'; readonly blueprint: Variant | 'same'; readonly who: 'developer' | 'bot' } & OnPull)
  | ({ readonly do: 'say'; readonly who: Who; readonly body: string } & OnPull)
  | ({ readonly do: 'delete by hand'; readonly what: HandDeleted } & OnPull)
  | { readonly do: 'wait' | 'jump'; readonly seconds: number }
  | { readonly do: 'webhooks'; readonly trouble: (typeof WEBHOOK_TROUBLES)[number]; readonly times: number }
  | {
      readonly do: 'AWS';
      readonly trouble: (typeof AWS_TROUBLES)[number];
      /** A signing name; every service when left out. */
      readonly service?: string;
      readonly skip: number;
      readonly times: number;
    }
  | {
      readonly do: 'GitHub';
      readonly trouble: (typeof GITHUB_TROUBLES)[number];
      readonly skip: number;
      readonly times: number;
    }
  /** Until everything is as it should be, or for a good while. */
  | { readonly do: 'rest' }
  | { readonly do: 'cut database' }
  | { readonly do: 'database down'; readonly seconds: number }
  | { readonly do: 'restart' | 'second worker' | 'end second worker' };

export interface History {
  /** What it was drawn from. */
  readonly seed: number;
  readonly steps: readonly Step[];
}

/** A line a step, for whoever reads what led to a failure: `2. label (pull 0)`. */
export function tellSteps(steps: readonly Step[]): string[] {
  return steps.map((step, index) => `${String(index + 1).padStart(2)}. ${tellStep(step)}`);
}

/** `label (pull 0)`. */
export function tellStep(step: Step): string {
  const { do: what, ...details } = step;
  const words = Object.entries(details).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  return words.length === 0 ? what : `${what} (${words.join(', ')})`;
}
