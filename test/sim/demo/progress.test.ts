import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { createSteppedClock } from '../../../sim/clock.ts';
import { createProgress } from '../../../sim/demo/progress.ts';
import type { AnyNode } from '../../../src/reconcile/graph/node.ts';
import { resourceRecord } from '../../support/environment-record.ts';

const nodes = ['clone', 'api', 'smoke'].map((key) => ({ key, title: `Step ${key}` }) as AnyNode);
const CLONING = [resourceRecord('clone', { state: 'pending', message: 'the database clone (creating)' })];

function newProgress({ live, columns, rows }: { live: boolean; columns?: number; rows?: number }) {
  const writes: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      writes.push(text);
      done();
    },
  });
  const out = Object.assign(stream, { columns, rows, isTTY: live });
  const clock = createSteppedClock();
  const progress = createProgress(out as unknown as NodeJS.WriteStream, { clock, live });
  return { progress, clock, writes };
}

/** The lines of the last frame, without what moves the cursor or colours. */
function frame(writes: readonly string[]): string[] {
  const plain = stripVTControlCharacters(writes.at(-1) ?? '');
  return plain.split('\n').slice(0, -1);
}

describe('progress where there is no terminal', () => {
  it('is a line for each step that changed, and none for one that did not', () => {
    const { progress, clock, writes } = newProgress({ live: false });
    progress.show(CLONING, nodes);
    clock.advance(339);
    progress.show(CLONING, nodes);
    progress.show([resourceRecord('clone', { state: 'ready' })], nodes);
    progress.show([resourceRecord('clone', { state: 'gone' })], nodes);
    expect(writes).toEqual([
      '    0 s  ◐ Step clone: waits for the database clone (creating)\n',
      '    0 s  · Step api\n',
      '    0 s  · Step smoke\n',
      '  339 s  ✔ Step clone\n',
      '  339 s  ○ Step clone is gone\n',
    ]);
  });
});

describe('progress on a terminal', () => {
  it('is a tree with the time that each step has been on its way, drawn over the last one', () => {
    const { progress, clock, writes } = newProgress({ live: true, columns: 80, rows: 24 });
    progress.show(CLONING, nodes);
    clock.advance(75);
    progress.show(CLONING, nodes);
    expect(frame(writes)).toEqual([
      '   75 s  0 of 3 steps',
      '         ◐ Step clone   75 s  waits for the database clone (creating)',
      '         · Step api         ',
      '         · Step smoke       ',
    ]);
    expect(writes[1]?.startsWith('\u001b[4A')).toBe(true);
  });

  it('stops the time of a step that is done', () => {
    const { progress, clock, writes } = newProgress({ live: true, columns: 80, rows: 24 });
    const done = [resourceRecord('clone', { state: 'ready' })];
    progress.show(CLONING, nodes);
    clock.advance(75);
    progress.show(done, nodes);
    clock.advance(100);
    progress.show(done, nodes);
    expect(frame(writes)[1]).toBe('         ✔ Step clone   75 s');
  });

  it('gives a step no time that was there without anybody having seen it on its way', () => {
    const { progress, clock, writes } = newProgress({ live: true, columns: 80, rows: 24 });
    progress.show([], nodes);
    clock.advance(75);
    const done = [resourceRecord('smoke', { state: 'ready' })];
    progress.show(done, nodes);
    clock.advance(75);
    progress.show(done, nodes);
    expect(frame(writes)[3]).toBe('         ✔ Step smoke    0 s');
  });

  it.each([20, 40, 60])('is never wider than the terminal: %i columns', (columns) => {
    const { progress, writes } = newProgress({ live: true, columns, rows: 24 });
    progress.show(CLONING, nodes);
    expect(Math.max(...frame(writes).map(({ length }) => length))).toBeLessThanOrEqual(columns);
  });

  it('keeps to what is on its way where the terminal is too low for all', () => {
    const { progress, writes } = newProgress({ live: true, columns: 80, rows: 4 });
    progress.show(CLONING, nodes);
    expect(frame(writes)).toEqual([
      '    0 s  0 of 3 steps',
      '         ◐ Step clone    0 s  waits for the database clone (creating)',
    ]);
  });

  it('draws nothing once it has ended, whoever still calls', () => {
    const { progress, writes } = newProgress({ live: true });
    progress.end();
    progress.show(CLONING, nodes);
    progress.say('too late');
    expect(writes).toEqual([]);
  });
});
