import { describe, expect, it } from '@jest/globals';
import { renderWarning } from '../../../src/github/report/warning.ts';
import { report } from './report-fixture.ts';

describe('the warning', () => {
  it('tells the owner when it ends and how to keep it', () => {
    expect(renderWarning(report({ warning: 24 }), undefined)).toEqual({
      body: '<!-- mayfly:warning -->\n⏰ @alice: environment `pr-1721` is removed on **Sun 29 Nov 2026, 22:40 UTC**, in less than 24 hours. `/ephemeral extend 3d` keeps it.',
      digest: '2026-11-29T22:40:00.000Z 24',
      create: true,
    });
  });

  it('tells the owners of the blueprint when a bot asked for it', () => {
    const owners = ['alice', 'acme/platform'];
    const told = renderWarning(report({ warning: 24, owner: 'renovate[bot]', owners }), undefined);
    expect(told?.body).toContain('⏰ @alice, @acme/platform: environment');
    expect(renderWarning(report({ warning: 24, owner: 'bob', owners }), undefined)?.body).toContain('⏰ @bob: ');
  });

  it('says nothing when none is due and none was given', () => {
    expect(renderWarning(report(), undefined)).toBeUndefined();
  });

  it('stands for as long as it is true', () => {
    expect(renderWarning(report(), '2026-11-29T22:40:00.000Z 24')).toBeUndefined();
  });

  it('is put right when the expiry moved, without telling anybody', () => {
    const withdrawn = renderWarning(report(), '2026-11-24T00:00:00.000Z 24');
    expect(withdrawn?.body).toContain('is kept until **Sun 29 Nov 2026, 22:40 UTC**');
    expect(withdrawn?.body).not.toContain('@');
    expect(withdrawn?.create).toBe(false);
    expect(renderWarning(report(), withdrawn?.digest)).toBeUndefined();
  });

  it('says that the environment is gone once it is', () => {
    const gone = renderWarning(report({ phase: 'gone', warning: 4 }), '2026-11-29T22:40:00.000Z 4');
    expect(gone?.body).toContain('has been removed since');
  });

  it('speaks of a place in the queue while there is no environment, and of none that was never made', () => {
    const waiting = report({ phase: 'waiting', servedSha: null, warning: 4 });
    expect(renderWarning(waiting, undefined)?.body).toContain(
      'environment `pr-1721` still waits for a slot, and its time runs out on **Sun 29 Nov 2026, 22:40 UTC**, in less than 4 hours. `/ephemeral extend 3d` keeps its place.',
    );
    expect(renderWarning(report({ phase: 'gone', servedSha: null }), 'any')?.body).toContain('`pr-1721` was not made.');
  });
});
