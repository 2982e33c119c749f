import { readdir, readFile } from 'node:fs/promises';
import type { SeedOptions } from '../seed-platform.ts';

export const ZONE = 'ephemeral.example.gov.uk';
export const REPOSITORY = 'dvsa/vol-app';
/** Whose images follow the commits of the repository. */
export const BUILT_IMAGES = ['api', 'selfserve', 'internal', 'cli'] as const;

/** The account that the example names. Another cloud has another: the text is the same but for it. */
const EXAMPLE_ACCOUNT = '111111111111';

export async function readBlueprint(accountId: string): Promise<string> {
  const text = await readFile(new URL('../../examples/dvsa-vol/ephemeral.yml', import.meta.url), 'utf8');
  return text.replaceAll(EXAMPLE_ACCOUNT, accountId);
}

/** The application's own workflows, by the name of their file. */
export async function readWorkflows(): Promise<Readonly<Record<string, string>>> {
  const folder = new URL('../../examples/dvsa-vol/.github/workflows/', import.meta.url);
  const names = await readdir(folder);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(new URL(name, folder), 'utf8')] as const)),
  );
}

const SECRET_MEMBERS = {
  API: [
    'olcs_api_rds_password',
    'aws_cognito_client_id',
    'olcs_doctrine_encryption_key',
    'cache_encryption_secret_shared',
  ],
  SELFSERVE: ['cache_encryption_secret_ss', 'cache_encryption_secret_shared', 'user_unique_id_salt'],
  INTERNAL: ['cache_encryption_secret_iu', 'cache_encryption_secret_shared', 'webdav_jwt_private_key'],
};

const PARAMETERS = {
  domain: 'dev.example.gov.uk',
  env: 'dev',
  ecs_api_hostname: 'api.dev.example.gov.uk',
  olcs_ss_uri: 'https://ssweb.dev.example.gov.uk',
  olcs_iu_uri: 'https://iuweb.dev.example.gov.uk',
  pdf_service_uri: 'https://renderer.dev.example.gov.uk/',
  redis_cache_fqdn: 'cache.dev.example.gov.uk',
  assets_url: 'https://cdn.dev.example.gov.uk/latest',
  olcs_send_all_mail_to: 'olcs-dev@example.gov.uk',
  log_level: 'info',
};

/** What stands in the account before Mayfly comes: the source's secrets and parameters, and images that no commit makes. */
export const firstUsersAccount: Pick<SeedOptions, 'secrets' | 'parameters' | 'images'> = {
  images: [
    'vol-app/gotenberg:latest',
    'vol-app/liquibase:1a2b3c4',
    ...BUILT_IMAGES.map((name) => `vol-app/${name}:release-v9.1.0`),
  ],
  secrets: Object.entries(SECRET_MEMBERS).map(([application, members]) => ({
    name: `DEVAPPDEV-BASE-SM-APPLICATION-${application}`,
    members: Object.fromEntries(members.map((member) => [member, `local-${member}`])),
  })),
  parameters: Object.entries(PARAMETERS).map(([name, value]) => ({ name: `/applicationparams/dev/${name}`, value })),
};
