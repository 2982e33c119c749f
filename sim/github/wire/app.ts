import type { Installation } from '../entities/installation.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import { accountJson } from './account.ts';
import { instant, instantOrNull, nodeId } from './instant.ts';

/** What the app asks for that is there from the beginning. */
export const appPermissions = {
  actions: 'write',
  checks: 'write',
  contents: 'write',
  deployments: 'write',
  environments: 'write',
  issues: 'write',
  metadata: 'read',
  pull_requests: 'write',
  statuses: 'write',
} as const;

export function appJson(world: World): JsonObject {
  const { app } = world;
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('A', app.id),
    owner: accountJson(world, app.owner),
    name: app.name,
    description: app.description ?? null,
    external_url: app.homepage,
    html_url: `${world.url}/apps/${app.slug}`,
    created_at: instant(app.createdAt),
    updated_at: instant(app.createdAt),
    permissions: app.permissions,
    events: app.events,
  };
}

export function installationJson(world: World, installation: Installation): JsonObject {
  const { url, app } = world;
  return {
    id: installation.id,
    account: accountJson(world, installation.account),
    repository_selection: installation.repositories ? 'selected' : 'all',
    access_tokens_url: `${url}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${url}/installation/repositories`,
    html_url: `${url}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: installation.account.id,
    target_type: installation.account.type,
    permissions: installation.permissions,
    events: app.events,
    created_at: instant(installation.createdAt),
    updated_at: instant(installation.updatedAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: instantOrNull(installation.suspendedAt),
  };
}
