import type { ReferenceRequest } from '../reference/reference-run.ts';
import { JOURNEYS } from '../rounds/journey.ts';
import type { Mission } from '../rounds/mission.ts';
import type { CampaignResult } from './campaign.ts';

/** What a campaign comes to, as JSON. */
export interface CampaignReport {
  /** Missions whose moment came. */
  readonly covered: number;
  /** Requests of the reference run, by journey, that are the moment of one of these: beside `requests` it says whether all are. */
  readonly coveredRequests: Readonly<Record<string, number>>;
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

export function reportOfCampaign(
  missions: readonly Mission[],
  { covered, uncovered, findings }: CampaignResult,
  seconds: number,
): CampaignReport {
  return {
    covered: covered.length,
    coveredRequests: requestsOf(missions.filter(({ id }) => covered.includes(id))),
    uncovered,
    violations: findings.length,
    seconds: Math.round(seconds),
  };
}

function requestsOf(missions: readonly Mission[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    JOURNEYS.map((journey) => {
      const own = missions.filter((mission) => mission.journey === journey);
      return [journey, new Set(own.flatMap(({ requests }) => requests)).size];
    }),
  );
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
