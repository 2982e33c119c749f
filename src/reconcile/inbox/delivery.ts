import type { Command } from '../../domain/command.ts';
import type { PullRequestRef } from '../../domain/environment.ts';
import type { ReleaseReason } from '../../domain/intent.ts';
import type { ReplyMessage } from '../reply.ts';
import type { Ask, PullRequestSnapshot } from '../what-is-asked.ts';

export interface Sender {
  readonly login: string;
  readonly isBot: boolean;
}

/** What happened to a pull request, whoever did it: nobody's permission is asked for. */
export type Fact =
  | { readonly kind: 'release'; readonly ask: Extract<Ask, { kind: 'release' }> }
  /** `before`: the head that a push replaced; null where the head did not move. */
  | { readonly kind: 'follow'; readonly ask: Extract<Ask, { kind: 'follow' }>; readonly before: string | null };

/** What somebody asks for, and has to be allowed to. */
export type Petition =
  /** The label was put on, or a pull request that carries it was opened. */
  | {
      readonly kind: 'label';
      readonly snapshot: PullRequestSnapshot;
      /** The pull request was read when this was found, and not described as it stood when it was said. */
      readonly readLater?: true;
    }
  /** Commands of a comment that was made; `problems` are its lines that cannot be followed. */
  | {
      readonly kind: 'comment';
      readonly commentId: number;
      readonly commands: readonly Command[];
      readonly problems: readonly Extract<ReplyMessage, { kind: 'problem' }>[];
    }
  | { readonly kind: 'button'; readonly ask: Ask };

/** One delivery about a pull request: the little of its payload that Mayfly acts on. All strings are data. */
export interface Delivery {
  /** GitHub's own, the same when it is delivered again. Its signature does not cover it. */
  readonly id: string;
  /** Of all that was said, which its signature covers: said again under another id, it is a replay. Missing where the same words may rightly come again. */
  readonly digest?: string;
  readonly installationId: number;
  readonly pullRequest: PullRequestRef;
  readonly sender: Sender;
  /** When it happened, by the forge's clock, to the second; null where the payload does not tell. */
  readonly saidAt: Date | null;
  readonly says: Fact | Petition;
}

/** A delivery as the inbox keeps it. */
export interface Letter<Says extends Fact | Petition = Fact | Petition> extends Omit<Delivery, 'says' | 'digest'> {
  /** Grows with every delivery of a pull request, in the order in which they came. */
  readonly position: number;
  /** By Mayfly's clock. */
  readonly heardAt: Date;
  readonly says: Says;
  /** The head that stood when this was said, or before it, as far as was told by when it came; null when nothing was. */
  readonly knownHead: string | null;
  /** How often GitHub was asked about it in vain. */
  readonly tries: number;
  /** Left alone until then, by Mayfly's clock. */
  readonly notBefore: Date | null;
}

/**
 * How it ended. `done`: a fact, or a petition of somebody who may, whatever came of it. `refused`: of somebody who may
 * not. `overtaken`: what happened afterwards leaves nothing of it. `given-up`: GitHub could not be asked.
 */
export type LetterOutcome = 'done' | 'refused' | 'overtaken' | 'given-up';

/** A letter that another comes after; `outcome` is null while it waits. */
export type HeardLetter = Letter & { readonly outcome: LetterOutcome | null };

export function isFact(says: Fact | Petition): says is Fact {
  return says.kind === 'release' || says.kind === 'follow';
}

/** Whether an environment is made by it where there is none. */
export function asksForOne(says: Petition): boolean {
  return says.kind === 'label' || (says.kind === 'comment' && says.commands.some(({ name }) => name === 'create'));
}

/** What it left wanted or let go when it was obeyed, whatever else it asked for; undefined where it was not, or neither. */
export function leftBy({
  says,
  outcome,
}: HeardLetter): { readonly wanted?: true; readonly reason?: ReleaseReason } | undefined {
  if (says.kind === 'release') {
    return says.ask;
  }
  if (outcome !== 'done') {
    return undefined;
  }
  switch (says.kind) {
    case 'label':
      return { wanted: true };
    case 'button':
      return says.ask.kind === 'release' ? says.ask : undefined;
    case 'comment': {
      const last = says.commands.findLast(({ name }) => name === 'create' || name === 'destroy');
      return last && (last.name === 'create' ? { wanted: true } : { reason: 'asked' });
    }
    case 'follow':
      return undefined;
  }
}
