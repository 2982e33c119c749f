import type { Platform } from '../../../src/config/platform.ts';
import { MAYFLY_POLICIES, renderPolicy, type Variables, variablesOf } from './render.ts';

const ACCOUNT = 'eu-west-1:123456789012';

/**
 * What the templates are given for the local cloud with the first users' platform, whose names do not tell what is copied
 * from what an environment has: there the denials are what keeps the sources.
 */
export function cloudVariables(platform: Platform): Variables {
  return variablesOf(platform, {
    sourceSecrets: [`arn:aws:secretsmanager:${ACCOUNT}:secret:DEVAPPDEV-*`],
    environmentSecrets: [
      `arn:aws:secretsmanager:${ACCOUNT}:secret:${platform.name}/*`,
      `arn:aws:secretsmanager:${ACCOUNT}:secret:DEVAPP*`,
    ],
    sourceParameters: [`arn:aws:ssm:${ACCOUNT}:parameter/applicationparams/dev/*`],
    environmentParameters: [`arn:aws:ssm:${ACCOUNT}:parameter/applicationparams/*`],
  });
}

/** The policies of Mayfly's role, for that cloud. */
export async function cloudPolicies(platform: Platform): Promise<string[]> {
  const variables = cloudVariables(platform);
  return await Promise.all(MAYFLY_POLICIES.map(async (name) => await renderPolicy(name, variables)));
}
