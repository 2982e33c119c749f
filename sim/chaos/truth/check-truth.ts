import { type JudgedCloud, openCase } from './case.ts';
import { checkBystanders } from './checks/bystanders.ts';
import { checkCheckRuns } from './checks/check-run.ts';
import { checkClones } from './checks/clones.ts';
import { checkComments } from './checks/comment.ts';
import { checkDeployments } from './checks/deployments.ts';
import { checkDoubled } from './checks/doubled.ts';
import { checkExpiry } from './checks/expiry.ts';
import { checkOrphans } from './checks/orphans.ts';
import { checkQuota } from './checks/quota.ts';
import { checkReceipts } from './checks/receipt.ts';
import { checkRecords } from './checks/records.ts';
import { checkSecrets } from './checks/secrets.ts';
import { checkTags } from './checks/untagged.ts';
import { checkWantedResources } from './checks/wanted-resources.ts';
import type { Violation } from './violation.ts';

const CHECKS = [
  checkWantedResources,
  checkDoubled,
  checkClones,
  checkBystanders,
  checkRecords,
  checkReceipts,
  checkOrphans,
  checkTags,
  checkCheckRuns,
  checkDeployments,
  checkComments,
  checkQuota,
  checkExpiry,
  checkSecrets,
] as const;

/**
 * What is untrue of a world that has settled, and what the witness saw that was untrue before. Nothing is changed by
 * looking; a world that is still on its way is untrue in places, so it may be asked again.
 */
export async function checkTruth(cloud: JudgedCloud): Promise<readonly Violation[]> {
  const one = await openCase(cloud);
  const found = await Promise.all(CHECKS.map(async (check) => await check(one)));
  return [...cloud.witness.seen, ...found.flat()];
}
