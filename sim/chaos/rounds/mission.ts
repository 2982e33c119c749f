import type { Strike } from '../gate/gate.ts';
import type { Point } from '../gate/point.ts';
import type { Journey } from './journey.ts';

/** One thing that goes wrong, once, in one journey of one pull request. */
export interface Mission {
  /** `create/aws rds:CreateDBInstance nonprod-pr-N 1/after`: what `--only` takes. */
  readonly id: string;
  readonly journey: Journey;
  readonly point: Point;
  readonly blow: Blow;
  /** The requests of the reference run that it stands for, by their place among all. */
  readonly requests: readonly number[];
  /** Whether it needs a server that works for nobody else. */
  readonly isAlone: boolean;
}

export type Blow =
  /** The server dies before the request's work is done, or when it is done and not answered yet. */
  | { readonly kind: 'crash'; readonly when: 'before' | 'after' }
  | {
      readonly kind: 'fault';
      readonly strike: Exclude<Strike, { kind: 'hold' }>;
      /** Of the call, not only the first. */
      readonly everyAttempt: boolean;
      /** Whether Mayfly may leave it to somebody, saying so on the pull request. */
      readonly mayFail: boolean;
    };

/** One pull request from its label to its end, with what befalls it on the way. */
export type Life = Partial<Readonly<Record<Journey, Mission>>>;

/** What came of a mission. */
export interface Debriefing {
  readonly mission: Mission;
  /** False when the journey went by without the request that was waited for, or another's death came first. */
  readonly reached: boolean;
}
