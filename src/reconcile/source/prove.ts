import type { SourceVersion } from '../../domain/source.ts';
import { proofProblem } from '../../domain/source-proof.ts';
import { learnShape } from './learn-shape.ts';
import { untilReady } from './restore.ts';
import { failing, going, type SourcePass, type Stepped, waiting } from './stepping.ts';

/** What a task wrote last may be read a little after it ended. */
const PASSPORT_SECONDS = 600;

/** Reads the passport, keeps it, and believes nothing of it that the platform's key does not say. */
export async function prove(version: SourceVersion, { ports, settings }: SourcePass): Promise<Stepped> {
  const now = ports.clock.now();
  const { taskArn, endedAt } = version.run ?? {};
  const passport = version.passport ?? (taskArn ? await ports.passports.read(taskArn) : undefined);
  if (!passport) {
    const since = (now.getTime() - (endedAt ?? now).getTime()) / 1000;
    return since < PASSPORT_SECONDS
      ? waiting(version, 'the passport')
      : failing(version, {
          at: now,
          reason: 'PassportMissing',
          message: `The task that masks ${version.id} ended well, and no passport is in its log. Its image has to be of a Mayfly that writes one, and its log has to be kept.`,
        });
  }
  const problem = proofProblem(version.id, passport, settings.publicKey);
  return problem === undefined
    ? going(version, { passport, provenAt: now })
    : failing({ ...version, passport }, refusal(version, problem, now));
}

/** Moves the pointer. The cluster is looked at once more: it is what everybody clones from now on. */
export async function promote(version: SourceVersion, pass: SourcePass): Promise<Stepped | undefined> {
  const { ports, settings, tell } = pass;
  const now = ports.clock.now();
  const unready = untilReady(await ports.clusters.ensure(version), version, now);
  if (unready) {
    return unready;
  }
  const problem = proofProblem(version.id, version.passport, settings.publicKey);
  if (problem !== undefined) {
    return failing(version, refusal(version, problem, now));
  }
  // Before, and not after: the first environment may be planned as soon as the pointer has moved.
  await learnShape(version, pass);
  if (await ports.store.promote(version, { at: now })) {
    tell({ kind: 'in-service', id: version.id, message: `${version.id} is in service` });
  }
  return undefined;
}

function refusal({ id }: SourceVersion, problem: string, at: Date) {
  return {
    at,
    reason: 'PassportRefused',
    message: `The source ${id} ${problem}. It is not put in service; whoever keeps the rules has to act.`,
  };
}
