import type { LabelHistory, Person } from '../reconcile/roster.ts';

/** The part of an issue event that matters here; GitHub has many more kinds, with other fields. */
export interface IssueEventData {
  readonly id: number;
  readonly event: string;
  readonly created_at: string;
  readonly actor: { readonly login: string; readonly type: string } | null;
  readonly label?: { readonly name: string };
}

/** As GitHub shows what belonged to a deleted account. It may do nothing. */
const GHOST: Person = { login: 'ghost', isBot: false };

/** Of events in the order that GitHub lists them: oldest first. */
export function labelHistoryOf(events: readonly IssueEventData[], label: string): LabelHistory {
  const isOurs = (event: IssueEventData): boolean => event.label?.name.toLowerCase() === label.toLowerCase();
  const asked = events.findLast((each) => each.event === 'reopened' || (each.event === 'labeled' && isOurs(each)));
  const last = events.findLast((each) => (each.event === 'labeled' || each.event === 'unlabeled') && isOurs(each));
  return {
    asked: asked ? { eventId: asked.id, by: personOf(asked), at: new Date(asked.created_at) } : null,
    takenOff: last?.event === 'unlabeled' ? { by: personOf(last), at: new Date(last.created_at) } : null,
  };
}

function personOf({ actor }: IssueEventData): Person {
  return actor ? { login: actor.login, isBot: actor.type === 'Bot' || actor.login.endsWith('[bot]') } : GHOST;
}
