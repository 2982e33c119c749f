import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { realisticDurations } from '../../sim/aws/durations.ts';
import { allServices } from '../../sim/aws/services.ts';
import { createWorld } from '../../sim/aws/world.ts';
import { createSteppedClock } from '../../sim/clock.ts';

const page = readFileSync(new URL('../../docs/local-cloud.md', import.meta.url), 'utf8');

it('gives every duration of the local AWS as it is', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` +\| +([\d.]+) +\|/gm)].map(([, name = '', seconds]) => [
    name,
    Number(seconds),
  ]);
  expect(Object.fromEntries(rows)).toEqual(realisticDurations);
});

it('lists every service of the local AWS', () => {
  const services = allServices(createWorld({ clock: createSteppedClock() })).map(({ signingName }) => signingName);
  expect(services.filter((name) => !page.includes(`| \`${name}\``))).toEqual([]);
});
