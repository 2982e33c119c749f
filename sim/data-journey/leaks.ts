import type { Production } from './production.ts';

/** Something that must not get through, and what has to be named when it is found. */
export interface Leak {
  readonly name: string;
  readonly column: string;
  /** Of the rule file. */
  readonly rules: Readonly<Record<string, string>>;
  plant(production: Production): Promise<void>;
  /** Production as it was. */
  remove(production: Production): Promise<void>;
}

const nothing = async (): Promise<void> => undefined;

export const LEAKS: readonly Leak[] = [
  {
    name: 'a covered column is no longer masked',
    column: 'retrieval_link.recipient_email',
    rules: { 'recipient_email: { fake: email }': 'recipient_email: { keep: nobody reads these }' },
    plant: nothing,
    remove: nothing,
  },
  {
    name: 'a column is new',
    column: 'person.known_as',
    rules: {},
    plant: async ({ change }) => await change('ALTER TABLE person ADD COLUMN known_as VARCHAR(70)'),
    remove: async ({ change }) => await change('ALTER TABLE person DROP COLUMN known_as'),
  },
  {
    name: 'a name stands in free text that is kept',
    column: 'event_history.event_description',
    rules: {},
    plant: async ({ change, value }) => {
      const name = await value(
        `SELECT CONCAT(forename, ' ', family_name) FROM person
         WHERE CHAR_LENGTH(forename) > 3 AND CHAR_LENGTH(family_name) > 3 AND forename REGEXP '^[A-Za-z]+$'
           AND family_name REGEXP '^[A-Za-z]+$' ORDER BY id LIMIT 1`,
      );
      await change(
        `UPDATE event_history SET event_description = 'Letter sent to ${name} by post' ORDER BY event_datetime DESC LIMIT 5`,
      );
    },
    remove: async ({ change }) =>
      await change(
        "UPDATE event_history SET event_description = 'Letter sent' WHERE event_description LIKE '% by post'",
      ),
  },
  {
    name: 'an e-mail address stands in JSON that is kept',
    column: 'document.metadata',
    rules: {
      'metadata: { json: { "$.author": { fake: full-name }, "$.vrm": { fake: vrm } }, others: text }':
        'metadata: { json: { "$.author": { fake: full-name }, "$.vrm": { fake: vrm } }, others: { keep: codes only } }',
    },
    plant: async ({ change }) =>
      await change(
        `UPDATE document SET metadata = '{"author":"A","reply":{"to":"carys@penrhyn-haulage.co.uk"}}' ORDER BY id LIMIT 5`,
      ),
    remove: async ({ change }) => await change('UPDATE document SET metadata = NULL WHERE metadata LIKE \'%"reply"%\''),
  },
];
