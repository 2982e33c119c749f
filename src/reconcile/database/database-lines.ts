import { formatBytes } from '../../domain/bytes.ts';
import { formatDuration } from '../../domain/duration.ts';
import type { ConnectedUser } from './database-look.ts';
import type { DatabaseStanding } from './database-standing.ts';
import type { SourceSight } from './source-sight.ts';

/** More names than these help nobody. */
const MOST_NAMES = 10;

/** An environment's database in a few sentences, for an answer to `/ephemeral db status`. Names stand in code spans. */
export function databaseLines(standing: DatabaseStanding | undefined): string[] {
  if (!standing) {
    return ['It has no database: none was asked for yet, or its blueprint wants none.'];
  }
  const { source, name, sight, figures, before } = standing;
  const state = sight ? `is ${sight.status}` : 'is not there yet';
  return [
    sourceLine(source),
    `The clone ${span(name)} ${state}.`,
    ...capacityLines(standing),
    ...(figures.volumeBytes === null
      ? []
      : [`It differs from its source by ${formatBytes(figures.volumeBytes)}: pages of its own, which it pays for.`]),
    ...(sight ? pauseLines(standing) : []),
    ...before.map((other) => `The clone before it, ${span(other)}, goes once nothing uses it.`),
  ];
}

function sourceLine({ identifier, day, passport, problem }: SourceSight): string {
  const of = `It is a clone of ${span(identifier)}${day === null || day === identifier ? '' : `, with the data of ${day}`}`;
  switch (passport) {
    case 'good':
      return `${of}: masked, passport ✓.`;
    case 'bad':
      return `${of}, which ${problem ?? 'has no good passport'}.`;
    case 'unasked':
      return `${of}: this platform asks for no passport.`;
  }
}

function capacityLines({ sight, figures: { capacity } }: DatabaseStanding): string[] {
  if (!sight?.limits) {
    return [];
  }
  const { min, max } = sight.limits;
  const now = capacity === null ? 'What it uses now is not known' : `It uses ${rounded(capacity)} ACU now`;
  return [`${now}; its limits are ${min} to ${max} ACU.`];
}

function rounded(capacity: number): number {
  return Math.round(capacity * 100) / 100;
}

/** Who is connected, and what that means for its rest. */
function pauseLines({ sight, connected }: DatabaseStanding): string[] {
  const limits = sight?.limits;
  const pause = limits?.min === 0 ? limits.autoPauseSeconds : null;
  const never = limits && limits.min > 0 ? ` It never pauses, as its least capacity is ${limits.min} ACU.` : '';
  if (connected === 'asleep') {
    return ['It is paused: nobody is connected.'];
  }
  if (connected === 'unreachable') {
    return [`Who is connected could not be asked of it.${never}`];
  }
  if (connected.length === 0) {
    const soon = pause === null ? never : ` It pauses after ${formatDuration(pause)} without connections.`;
    return [`Nobody is connected.${soon}`];
  }
  const why = pause === null ? never : ' It does not pause as long as anybody is.';
  return [`Connected: ${namesOf(connected)}.${why}`];
}

function namesOf(connected: readonly ConnectedUser[]): string {
  const names = connected
    .slice(0, MOST_NAMES)
    .map(({ user, host, sessions }) => `${span(`${user}@${host}`)}${sessions === 1 ? '' : ` (${sessions} sessions)`}`);
  const more = connected.length - names.length;
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** A backtick would end the span. */
function span(name: string): string {
  return `\`${name.replaceAll('`', "'")}\``;
}
