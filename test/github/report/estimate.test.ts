import { describe, expect, it } from '@jest/globals';
import { minutesLeft } from '../../../src/github/report/estimate.ts';
import { titleOf } from '../../../src/reconcile/plan/services.ts';
import { at, step, waitingStep } from './report-fixture.ts';

const clone = (more: object = {}) => step('Clone of the database', { state: 'running', endedAt: null, ...more });
/** Parts of a service are made at once, long before it can run. */
const service = step(titleOf('api'), { state: 'running', startedAt: at('22:30:01'), endedAt: null });

describe('the time left', () => {
  it('is what the steps that follow each other usually take', () => {
    expect(
      minutesLeft([clone({ startedAt: at('22:30:00') }), waitingStep('Task migrate'), service], at('22:30:00')),
    ).toBe(11);
  });

  it('shrinks as time passes', () => {
    expect(minutesLeft([clone({ startedAt: at('22:30:00') }), service], at('22:35:00'))).toBe(5);
  });

  it('counts a service from when its database was there', () => {
    const done = clone({ state: 'done', startedAt: at('22:30:00'), endedAt: at('22:36:00') });
    expect(minutesLeft([done, service], at('22:37:00'))).toBe(2);
  });

  it('is not said when an image is being built, something failed, it takes too long, or all is done', () => {
    const image = step('Images', { state: 'running', endedAt: null });
    expect(minutesLeft([image, service], at('22:31:00'))).toBeUndefined();
    expect(minutesLeft([clone({ state: 'failed' }), service], at('22:31:00'))).toBeUndefined();
    expect(minutesLeft([service], at('22:59:00'))).toBeUndefined();
    expect(minutesLeft([step('Service api')], at('22:31:00'))).toBeUndefined();
  });
});
