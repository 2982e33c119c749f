import type { ChaosCloud } from '../chaos-cloud.ts';
import { createCounting, type Point } from '../gate/point.ts';
import { arrivalAfter, DESTINATIONS, type Journey, openTraveller, setOut, WAYS } from '../rounds/journey.ts';

/** A request of a journey in which nothing went wrong. */
export interface ReferenceRequest {
  readonly journey: Journey;
  /** Among the requests of all journeys, from 0. */
  readonly index: number;
  readonly point: Point;
  /** Whether the request says which environment it is for, so that it is known again among those of others. */
  readonly isAttributed: boolean;
}

const LOOK_MS = 15;
/** Simulated. */
const LONGEST_SECONDS = 1800;

/**
 * Two pull requests, one after the other, each alone, on both ways to the end: every request of Mayfly's, in the order in
 * which they came. Of the second way only the reset is recorded, and of that what changes something in AWS, and whatever
 * else is in no other journey.
 */
export async function recordReference(cloud: ChaosCloud): Promise<readonly ReferenceRequest[]> {
  const first = await record(cloud, 'reference', WAYS.update);
  const known = new Set(first.map(({ point }) => point.id));
  const second = (await record(cloud, 'reference-reset', WAYS.reset)).filter(
    ({ journey, point, isAttributed }) =>
      journey === 'reset' && (isChangeOfAws(point) || !(known.has(point.id) || isByTheWay(point, isAttributed))),
  );
  return [...first, ...second].map((request, index) => ({ ...request, index }));
}

function isChangeOfAws({ side, mutates }: Point): boolean {
  return side === 'aws' && mutates;
}

/** What Mayfly asks from time to time, whoever travels. */
function isByTheWay({ mutates }: Point, isAttributed: boolean): boolean {
  return !mutates && !isAttributed;
}

type Recorded = Omit<ReferenceRequest, 'index'>;

async function record(cloud: ChaosCloud, name: string, journeys: readonly Journey[]): Promise<readonly Recorded[]> {
  const traveller = openTraveller(cloud, name);
  const requests: Recorded[] = [];
  for (const journey of journeys) {
    const counting = createCounting();
    cloud.gate.rule((passing) => {
      const isAttributed = passing.environments.length > 0;
      requests.push({ journey, point: counting.count(passing, traveller.environment), isAttributed });
      return undefined;
    });
    setOut(cloud, traveller, journey);
    const end = cloud.clock.now().getTime() + LONGEST_SECONDS * 1000;
    do {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      if (cloud.clock.now().getTime() > end) {
        const arrival = arrivalAfter(journey, cloud, traveller);
        throw new Error(`with nothing going wrong, it is ${arrival} and not ${DESTINATIONS[journey]}\n${cloud.said()}`);
      }
    } while (arrivalAfter(journey, cloud, traveller) !== DESTINATIONS[journey]);
  }
  cloud.gate.rule(() => undefined);
  return requests;
}

/** A point of a journey, with all requests that are it. */
export interface ReferencePoint extends Pick<ReferenceRequest, 'journey' | 'point'> {
  readonly requests: readonly number[];
  /** Whether it needs a server that works for nobody else. */
  readonly isAlone: boolean;
}

/** What Mayfly does for one environment at a time: whoever is held there keeps all others waiting. */
const ONE_AFTER_THE_OTHER =
  /^aws (rds:DescribeDBClusters (mayfly-source )?\d|rds:RestoreDBClusterToPointInTime|elasticloadbalancing:(DescribeRules listener\/|CreateRule))/;

/** Each point once, in the order in which they first came. */
export function pointsOf(requests: readonly ReferenceRequest[]): readonly ReferencePoint[] {
  const points = new Map<string, ReferencePoint>();
  for (const { journey, index, point, isAttributed } of requests) {
    const key = `${journey}/${point.id}`;
    const before = points.get(key);
    const isAlone = (before?.isAlone ?? false) || !isAttributed || ONE_AFTER_THE_OTHER.test(point.id);
    points.set(key, { journey, point, requests: [...(before?.requests ?? []), index], isAlone });
  }
  return [...points.values()];
}
