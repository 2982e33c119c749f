import type { ChaosCloud } from '../chaos-cloud.ts';
import { judge } from '../judge.ts';
import { violationLine } from '../truth/violation.ts';
import {
  type Arrival,
  arrivalAfter,
  DESTINATIONS,
  type Journey,
  openTraveller,
  setOut,
  type Traveller,
  WAYS,
} from './journey.ts';
import type { Debriefing, Life, Mission } from './mission.ts';
import { createStage, type Stage } from './stage.ts';

/** Real milliseconds between two looks at how it stands. */
const LOOK_MS = 15;
/** Simulated: longer than every deadline of the blueprint, and than whatever a limit of GitHub's makes Mayfly wait. */
const LONGEST_SECONDS = 3600;
/** Real: an hour is soon over on a machine that is busy with other things. */
const SHORTEST_REAL_MS = 240_000;
/** Simulated: what Mayfly asks from time to time, whoever travels, it asks again within this. */
const LONGEST_INTERVAL_SECONDS = 1300;
/** Real: with others held, nobody will come to his request any more when there was no request for so long. */
const STANDSTILL_MS = 5000;
/** Real: a call to GitHub is given up after fifteen seconds, and then its look goes on. */
const LONGEST_HOLD_MS = 10_000;

/** Something that must be true and is not, and how to see it again. */
export interface Finding {
  /** Missions that were played with when it came to light. */
  readonly missions: readonly string[];
  readonly journey: Journey;
  readonly environment: string;
  readonly what: string;
  /** The end of what the servers said. */
  readonly said: string;
}

export interface RoundResult {
  readonly debriefings: readonly Debriefing[];
  readonly findings: readonly Finding[];
  /** False when something was found: what stands in this cloud is nothing to go on from. */
  readonly isSound: boolean;
}

/**
 * Several lives at once, journey by journey: everybody sets out, meets what awaits them, and the server dies once for all who
 * wait for that; then all must arrive, and the world must be as it should.
 */
export async function playRound(
  cloud: ChaosCloud,
  { name, lives }: { name: string; lives: readonly Life[] },
): Promise<RoundResult> {
  const travellers = lives.map((life, index) => ({ life, traveller: openTraveller(cloud, `${name}-${index}`) }));
  const debriefings: Debriefing[] = [];
  for (const journey of lives.some(({ reset }) => reset) ? WAYS.reset : WAYS.update) {
    const parties = new Map(travellers.map(({ life, traveller }) => [traveller, life[journey]]));
    const stage = createStage(parties);
    cloud.gate.rule(stage.rule);
    for (const traveller of parties.keys()) {
      setOut(cloud, traveller, journey);
    }
    await untilMet(cloud, { stage, parties, journey });
    debriefings.push(...debrief(stage, parties));
    const stillborn = stage.isDeathDue() ? await crash(cloud, stage) : undefined;
    endStage(cloud, stage);
    const findings = stillborn
      ? [{ missions: missionsOf(parties), journey, environment: 'all', what: stillborn, said: cloud.said() }]
      : await findingsAt(cloud, { parties, journey });
    if (findings.length > 0) {
      return { debriefings, findings, isSound: false };
    }
  }
  return { debriefings, findings: [], isSound: true };
}

interface Company {
  readonly parties: ReadonlyMap<Traveller, Mission | undefined>;
  readonly journey: Journey;
}

/** Everybody has met what awaited them, or arrived without, or cannot come to it. */
async function untilMet(cloud: ChaosCloud, { stage, parties, journey }: Company & { stage: Stage }): Promise<void> {
  if (parties.size > 1) {
    // A death for one must not lose another's webhook.
    await cloud.github.settled();
  }
  const isLate = lateness(cloud);
  let patientUntil = 0;
  for (;;) {
    const away = [...parties].filter(
      ([traveller, mission]) =>
        mission && !stage.isStruck(traveller) && !hasArrived(cloud, { traveller, mission, journey }),
    );
    const now = cloud.clock.now().getTime();
    if (away.length > 0) {
      patientUntil = now + patienceSeconds(parties) * 1000;
    }
    const isOver = now >= patientUntil || isAllStruck(stage, parties);
    if ((away.length === 0 && isOver) || standsStill(stage, away) || isLate()) {
      return;
    }
    await look();
  }
}

/** Whoever travels alone may wait for what has nothing to do with the journey. */
function patienceSeconds(parties: Company['parties']): number {
  const [mission] = parties.size === 1 ? parties.values() : [];
  return mission?.isAlone === true ? LONGEST_INTERVAL_SECONDS : 0;
}

/** Whether those who are held keep these from coming any further, or cannot be held any longer. */
function standsStill(stage: Stage, away: readonly (readonly [Traveller, unknown])[]): boolean {
  const travellers = away.map(([traveller]) => traveller);
  return (
    stage.isDeathDue() &&
    (stage.quietMilliseconds(travellers) > STANDSTILL_MS || stage.heldMilliseconds() > LONGEST_HOLD_MS)
  );
}

function isAllStruck(stage: Stage, parties: Company['parties']): boolean {
  return [...parties].every(([traveller, mission]) => !mission || stage.isStruck(traveller));
}

/** Why no server comes up on the state of the dead one; undefined when one does. */
async function crash(cloud: ChaosCloud, stage: Stage): Promise<string | undefined> {
  try {
    await cloud.crash(() => endStage(cloud, stage));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The server that comes up next meets nothing any more. */
function endStage({ gate }: ChaosCloud, stage: Stage): void {
  gate.rule(() => undefined);
  stage.release();
}

function debrief(stage: Stage, parties: Company['parties']): Debriefing[] {
  return [...parties].flatMap(([traveller, mission]) =>
    mission ? [{ mission, reached: stage.isStruck(traveller) }] : [],
  );
}

async function findingsAt(cloud: ChaosCloud, { parties, journey }: Company): Promise<Finding[]> {
  const isLate = lateness(cloud);
  let away: [Traveller, Mission | undefined][];
  do {
    await look();
    away = [...parties].filter(([traveller, mission]) => !hasArrived(cloud, { traveller, mission, journey }));
  } while (away.length > 0 && !isLate());
  const said = cloud.said();
  const late = away.map(([traveller, mission]) => ({
    missions: mission ? [mission.id] : missionsOf(parties),
    journey,
    environment: traveller.environment,
    what: `after an hour it is ${arrivalAfter(journey, cloud, traveller)}, not ${DESTINATIONS[journey]}`,
    said,
  }));
  if (late.length > 0) {
    return late;
  }
  const violations = await judge(cloud, new Set([...parties].filter(mayBeFailing).map(([{ number }]) => number)));
  return violations.map((violation) => {
    const { subject } = violation;
    const own = [...parties].find(([{ environment }]) => environment === subject)?.[1];
    const missions = own ? [own.id] : missionsOf(parties);
    return { missions, journey, environment: subject, what: violationLine(violation), said };
  });
}

function mayBeFailing([, mission]: [Traveller, Mission | undefined]): boolean {
  return mission?.blow.kind === 'fault' && mission.blow.mayFail;
}

function missionsOf(parties: Company['parties']): string[] {
  return [...parties.values()].flatMap((mission) => (mission ? [mission.id] : []));
}

/** Where Mayfly may leave a failure to somebody, to have said so is to have arrived. */
function hasArrived(
  cloud: ChaosCloud,
  { traveller, mission, journey }: { traveller: Traveller; mission: Mission | undefined; journey: Journey },
): boolean {
  const arrival: Arrival = arrivalAfter(journey, cloud, traveller);
  const mayFail = journey !== 'destroy' && mayBeFailing([traveller, mission]);
  return arrival === DESTINATIONS[journey] || (mayFail && arrival === 'failing');
}

/** Whether it has been going on for too long, from now on. */
function lateness({ clock }: ChaosCloud): () => boolean {
  const simulated = clock.now().getTime() + LONGEST_SECONDS * 1000;
  const real = performance.now() + SHORTEST_REAL_MS;
  return () => clock.now().getTime() > simulated && performance.now() > real;
}

async function look(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}
