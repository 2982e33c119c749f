import { newcomers, takeCensus } from './census/census.ts';
import type { Endpoint } from './census/listing.ts';
import { createTerraform, type TerraformOptions } from './terraform.ts';

/** What of `live/nonprod` cannot be built, by the variables that ask for it. */
const IMPOSSIBLE: Readonly<Record<string, NodeJS.ProcessEnv>> = {
  'an unknown account': { TF_VAR_account_id: '999999999999' },
  'a zone that is not delegated': { TF_VAR_delegated: 'false' },
};

export interface Refusals {
  /** What Terraform says of each, by what was wrong. */
  readonly sentences: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

/** Asks for platforms that cannot be. Each has to fail with a reason, before anything is made. Terraform is initialised. */
export async function tryRefusals(options: TerraformOptions, endpoint: Endpoint): Promise<Refusals> {
  const sentences: Record<string, string> = {};
  const problems: string[] = [];
  const before = await takeCensus(endpoint);
  for (const [what, wrong] of Object.entries(IMPOSSIBLE)) {
    const terraform = createTerraform({ ...options, env: { ...options.env, ...wrong } });
    const said = await terraform.apply().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    if (said === undefined) {
      problems.push(`${what} is not refused`);
    } else {
      sentences[what] = said.replaceAll(/\s+/g, ' ');
    }
  }
  const made = newcomers(before, await takeCensus(endpoint));
  return {
    sentences,
    problems: [...problems, ...made.map((name) => `${name} was made for a platform that cannot be`)],
  };
}
