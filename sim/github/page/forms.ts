import { fullName, type PullRequest } from '../entities/repository.ts';
import type { People } from '../people/people.ts';
import type { On } from '../people/places.ts';

/** The text of a form field, empty when it was not sent. */
export type Field = (name: string) => string;

export function fieldsOf(form: FormData): Field {
  return (name) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
}

/** What each form of a pull request's page does. */
export function createFormActions(people: People): {
  readonly [name: string]: (at: On, field: Field, pullRequest: PullRequest) => void;
} {
  return {
    label: (at, field) => people.label({ ...at, label: field('label') }),
    unlabel: (at, field) => people.unlabel({ ...at, label: field('label') }),
    comment: (at, field) => void people.comment({ ...at, body: field('body') }),
    close: (at) => people.close(at),
    reopen: (at) => people.reopen(at),
    merge: (at) => void people.merge(at),
    draft: (at) => people.convertToDraft(at),
    ready: (at) => people.readyForReview(at),
    push: (at, field, { head }) => {
      const files = { [field('path')]: `${field('content')}\n` };
      people.push({
        ...at,
        repository: fullName(head.repository),
        ref: head.ref,
        message: `Change ${field('path')}`,
        files,
      });
    },
    'check-action': (at, field) =>
      people.clickCheckAction({ ...at, checkRunId: Number(field('checkRunId')), identifier: field('identifier') }),
    rerun: (at, field) => people.rerunCheck({ ...at, checkRunId: Number(field('checkRunId')) }),
  };
}
