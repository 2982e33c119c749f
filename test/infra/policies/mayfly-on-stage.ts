import { platformDocument } from '../../../sim/local/platform-document.ts';
import type { SeededPlatform } from '../../../sim/seed-platform.ts';
import { parsePlatform } from '../../../src/config/platform.ts';
import { SEED } from '../../contract/stage.ts';
import { MAYFLY_POLICIES, renderPolicy, type Variables, variablesOf } from './render.ts';

const ACCOUNT = 'eu-west-1:123456789012';

/** What the templates are given for the stage of the contract suites, where the platform is called `mayfly`. */
export function stageVariables(seeded: SeededPlatform): Variables {
  const told = platformDocument(seeded, { region: 'eu-west-1', zone: SEED.zone, repository: 'acme/shop' });
  const platform = { ...parsePlatform(JSON.stringify(told)), name: 'mayfly' };
  return variablesOf(platform, {
    sourceSecrets: [`arn:aws:secretsmanager:${ACCOUNT}:secret:app/*`],
    environmentSecrets: [`arn:aws:secretsmanager:${ACCOUNT}:secret:mayfly/*`],
    sourceParameters: [`arn:aws:ssm:${ACCOUNT}:parameter/app/*`],
    environmentParameters: [`arn:aws:ssm:${ACCOUNT}:parameter/mayfly/*`],
  });
}

/** The policies of Mayfly's role, for that stage. */
export async function mayflyPolicies(seeded: SeededPlatform): Promise<string[]> {
  const variables = stageVariables(seeded);
  return await Promise.all(MAYFLY_POLICIES.map(async (name) => await renderPolicy(name, variables)));
}
