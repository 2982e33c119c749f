import { GetHostedZoneCommand } from '@aws-sdk/client-route-53';
import { type Platform, parsePlatform } from '../../src/config/platform.ts';
import { CLONE_LIMIT } from '../../src/domain/budget.ts';
import { chosenNameProblem } from '../../src/domain/naming.ts';
import { readAccountId } from '../../src/provision/aws/account.ts';
import type { AwsClients } from '../../src/provision/aws/clients.ts';
import { readCloneGroup } from '../../src/provision/aws/clone-group.ts';
import { ask } from '../../src/provision/aws/errors.ts';
import { readPlatformDocument } from '../../src/provision/aws/platform-document.ts';
import { delegationProblem, type ResolveNameServers } from './delegation.ts';
import { Refusal } from './refusal.ts';

/** What is asked of AWS before Terraform is started. Every function throws `Refusal` with one sentence. */
export interface Preflight {
  /** The platform that the document names, in the account whose credentials these are. */
  platform(): Promise<Platform>;
  /** That the zone of its hosts is there, and the world's name servers send people to it. */
  checkZone(platform: Platform): Promise<void>;
  /** That one more clone is a clone: the sixteenth is a full copy, in silence. */
  checkCloneBudget(platform: Platform): Promise<void>;
}

/** Whether somebody may choose the name: before anything is known of the platform, and once its prefixes are. */
export function checkName(name: string, prefixes: Platform['environmentPrefixes'] = {}): void {
  const problem = chosenNameProblem(name, prefixes);
  if (problem !== undefined) {
    throw new Refusal(`The name \`${name}\` ${problem}.`);
  }
}

export function createPreflight({
  clients,
  region,
  parameter,
  accountId,
  resolveNameServers,
}: {
  clients: Pick<AwsClients, 'sts' | 'ssm' | 'route53' | 'rds'>;
  region: string;
  parameter: string;
  /** Undefined: the document's alone counts. */
  accountId: string | undefined;
  /** Undefined: the delegation is not looked at. */
  resolveNameServers: ResolveNameServers | undefined;
}): Preflight {
  return {
    async platform() {
      const found = await readAccountId(clients.sts);
      if (accountId !== undefined && found !== accountId) {
        throw new Refusal(`These credentials are of account ${found}, and --account names ${accountId}.`);
      }
      const platform = parsePlatform(await readPlatformDocument(clients.ssm, parameter));
      if (platform.accountId !== found || platform.region !== region) {
        throw new Refusal(
          `The platform document ${parameter} is of account ${platform.accountId} in ${platform.region}, and this is account ${found} in ${region}.`,
        );
      }
      return platform;
    },

    async checkZone({ dns: { zoneId, zone } }) {
      const found = await ask(
        `looking at the zone ${zone}`,
        () => clients.route53.send(new GetHostedZoneCommand({ Id: zoneId })),
        { on: { 'platform-missing': () => undefined } },
      );
      if (found?.HostedZone?.Name?.replace(/\.$/, '') !== zone) {
        throw new Refusal(`There is no hosted zone ${zoneId} of ${zone}, which the platform document names.`);
      }
      const problem = resolveNameServers
        ? await delegationProblem({ zone, nameServers: found.DelegationSet?.NameServers ?? [], resolveNameServers })
        : undefined;
      if (problem !== undefined) {
        throw new Refusal(problem);
      }
    },

    async checkCloneBudget({ database: { sourceIdentifier } }) {
      const { clones } = await readCloneGroup(clients.rds, sourceIdentifier);
      if (clones.length >= CLONE_LIMIT) {
        throw new Refusal(
          `The source ${sourceIdentifier} has ${clones.length} clones, and Aurora would make the next one a full copy: destroy an environment first.`,
        );
      }
    },
  };
}
