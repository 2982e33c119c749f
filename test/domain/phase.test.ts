import { describe, expect, it } from '@jest/globals';
import type { ConditionStatus, ConditionType } from '../../src/domain/condition.ts';
import { phaseOf } from '../../src/domain/phase.ts';

type Statuses = Partial<Record<ConditionType, ConditionStatus>>;

const done: Statuses = {
  Admitted: 'true',
  BlueprintValid: 'true',
  DatabaseReady: 'true',
  ImagesReady: 'true',
  ServicesReady: 'true',
  Reachable: 'true',
  Serving: 'true',
};

function phase(
  statuses: Statuses,
  { state = 'present', servedSha }: { state?: 'present' | 'absent'; servedSha?: string } = {},
) {
  const conditions = Object.entries(statuses).map(([type, status]) => ({ type: type as ConditionType, status }));
  return phaseOf({ intent: { state }, conditions, servedSha });
}

describe('phaseOf', () => {
  it.each([
    { statuses: {}, is: 'coming-up', reason: 'nothing is known yet' },
    { statuses: { Admitted: 'unknown' }, is: 'waiting', reason: 'there is no slot' },
    { statuses: { Approved: 'unknown' }, is: 'unapproved', reason: 'nobody has read the head yet' },
    {
      statuses: { Approved: 'unknown', Admitted: 'true', Serving: 'true' },
      is: 'unapproved',
      reason: 'what is well is another commit',
    },
    { statuses: { Approved: 'true', Admitted: 'unknown' }, is: 'waiting', reason: 'it was read, and waits for a slot' },
    {
      statuses: { Admitted: 'unknown', Serving: 'false' },
      is: 'failing',
      reason: 'somebody has to mend what it waits for',
    },
    { statuses: { Admitted: 'false' }, is: 'refused', reason: 'it may not be' },
    {
      statuses: { Admitted: 'true', BlueprintValid: 'false' },
      is: 'refused',
      reason: 'nothing can be made of its file',
    },
    { statuses: { Admitted: 'true', DatabaseReady: 'unknown' }, is: 'coming-up', reason: 'a step is on its way' },
    { statuses: { ...done, Serving: 'unknown' }, is: 'coming-up', reason: 'the commit has not been seen' },
    { statuses: { ...done, ServicesReady: 'false', Serving: 'unknown' }, is: 'failing', reason: 'a step is wrong' },
    { statuses: done, is: 'ready', reason: 'all is true' },
    {
      statuses: { Admitted: 'true', ServicesReady: 'true', Serving: 'true' },
      is: 'ready',
      reason: 'it has no database and no host',
    },
  ] as const)('is $is when $reason', ({ statuses, is }) => {
    expect(phase(statuses)).toBe(is);
  });

  it.each([
    { statuses: { ...done, Serving: 'unknown' }, is: 'updating', reason: 'another commit is on its way' },
    { statuses: { ...done, BlueprintValid: 'false' }, is: 'failing', reason: 'its file was broken by a push' },
    { statuses: { ...done, ImagesReady: 'false' }, is: 'failing', reason: 'the new image never came' },
  ] as const)('is $is when $reason and it has served before', ({ statuses, is }) => {
    expect(phase(statuses, { servedSha: 'ec021a6' })).toBe(is);
  });

  it.each([
    { statuses: done, is: 'going' },
    { statuses: { Admitted: 'unknown' }, is: 'going' },
    { statuses: { ...done, Released: 'unknown' }, is: 'going' },
    { statuses: { Released: 'false' }, is: 'going' },
    { statuses: { Released: 'true' }, is: 'gone' },
  ] as const)('is $is, whatever else, once absence is wanted: $statuses', ({ statuses, is }) => {
    expect(phase(statuses, { state: 'absent' })).toBe(is);
  });
});
