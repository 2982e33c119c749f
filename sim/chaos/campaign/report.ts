import type { ReferenceRequest } from '../reference/reference-run.ts';
import { JOURNEYS } from '../rounds/journey.ts';
import type { CampaignResult } from './campaign.ts';

/** What a campaign comes to, as JSON. */
export interface CampaignReport {
  /** Missions whose moment came. */
  readonly covered: number;
  /** Names of those that could not be brought about, however slow the clock. */
  readonly uncovered: readonly string[];
  readonly violations: number;
  readonly seconds: number;
}

/** Something untrue, and the command that shows it again. */
export interface FoundReport {
  readonly journey: string;
  readonly environment: string;
  readonly what: string;
  readonly missions: readonly string[];
  readonly again: readonly string[];
  readonly said: string;
}

export function reportOfCampaign({ covered, uncovered, findings }: CampaignResult, seconds: number): CampaignReport {
  return { covered: covered.length, uncovered, violations: findings.length, seconds: Math.round(seconds) };
}

export function foundBy(option: '--crash-points' | '--faults', { findings }: CampaignResult): FoundReport[] {
  return findings.map(({ missions, journey, environment, what, said }) => ({
    journey,
    environment,
    what,
    missions,
    again: missions.map((id) => `npm run chaos -- ${option} --only '${id}'`),
    said: said.slice(-2000),
  }));
}

/** How many requests each journey had when nothing went wrong. */
export function countsOf(requests: readonly ReferenceRequest[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    JOURNEYS.map((journey) => [journey, requests.filter((request) => request.journey === journey).length]),
  );
}
