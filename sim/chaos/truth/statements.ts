/**
 * What must always hold, by number. Statement 0 is the promise the others serve: whatever happened on the way, a pull
 * request ends with what it is owed and nothing else.
 */
export const STATEMENTS = {
  0: 'ends in the same place',
  1: 'a webhook changes nothing in AWS',
  2: 'only what is ours is deleted',
  3: 'gone means seen gone',
  4: 'teardown wins',
  5: 'a receipt of everything',
  6: 'no orphan',
  7: 'only who may',
  8: 'the commit that was meant',
  9: 'green means the head is served',
  10: 'one comment',
  11: 'the quota is held',
  12: 'expiry is a promise',
  13: 'no secret is told',
} as const;

export type StatementNumber = keyof typeof STATEMENTS;
