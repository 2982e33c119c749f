import { formatRelative } from '../../domain/instant.ts';

const HOUR_MS = 3_600_000;

/** Distances to an expiry that people care about: between them the words stand still, so that a comment is not edited every hour. */
const NEAR_HOURS = [4, 24, 48];

/** `in 7 days`, and below 48 hours `in less than 24 hours`: words that change when an owner would want to know. */
export function expiryInWords(now: Date, expiresAt: Date): string {
  const left = expiresAt.getTime() - now.getTime();
  if (left <= 0) {
    return 'now';
  }
  const near = NEAR_HOURS.find((hours) => left <= hours * HOUR_MS);
  return near === undefined ? formatRelative(now, expiresAt) : `in less than ${near} hours`;
}

/** Whether an expiry is so near that it is said first. */
export function expiresSoon(now: Date, expiresAt: Date): boolean {
  return expiresAt.getTime() - now.getTime() <= Math.max(...NEAR_HOURS) * HOUR_MS;
}

/** Hours of a wait that are told apart: the words stand still for as long as half of what they say. */
const WAIT_HOURS = [2, 4, 8, 12, 24, 48];

/** `about 2 h`, `about 3 days`, `less than an hour`: a wait, rounded up to what people would plan by. */
export function waitInWords(now: Date, until: Date): string {
  const hours = (until.getTime() - now.getTime()) / HOUR_MS;
  if (hours <= 1) {
    return 'less than an hour';
  }
  const step = WAIT_HOURS.find((each) => hours <= each);
  return step === undefined ? `about ${Math.ceil(hours / 24)} days` : `about ${step} h`;
}

/** `1st`, `2nd`, `11th`, `23rd`. */
export function ordinal(place: number): string {
  const suffix = place % 100 >= 11 && place % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th');
  return `${place}${suffix}`;
}
