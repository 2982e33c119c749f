import type { PermissionLevel, Permissions } from '../entities/installation.ts';
import { unprocessable } from '../errors.ts';
import { booleanAt, isJsonObject, type JsonObject, listAt, objectAt, textAt } from '../json.ts';

/** The parameters of "Registering a GitHub App from a manifest" (docs.github.com/apps/sharing-github-apps). */
export interface Manifest {
  readonly name: string | undefined;
  readonly url: string;
  readonly webhookUrl: string;
  readonly redirectUrl: string;
  readonly description: string | undefined;
  readonly isPublic: boolean;
  readonly events: readonly string[];
  readonly permissions: Permissions;
}

const levels: ReadonlySet<unknown> = new Set<PermissionLevel>(['read', 'write', 'admin']);

/** Throws a 422 with what is wrong. GitHub lets an app be without a webhook; none of ours would be of use so. */
export function parseManifest(text: string): Manifest {
  const manifest = parsed(text);
  return {
    name: textAt(manifest, 'name'),
    url: urlAt(manifest, 'url'),
    webhookUrl: urlAt(objectAt(manifest, 'hook_attributes'), 'url'),
    redirectUrl: urlAt(manifest, 'redirect_url'),
    description: textAt(manifest, 'description'),
    isPublic: booleanAt(manifest, 'public') ?? false,
    events: (listAt(manifest, 'default_events') ?? []).filter((event) => typeof event === 'string'),
    permissions: permissionsAt(manifest),
  };
}

function parsed(text: string): JsonObject {
  try {
    const manifest: unknown = JSON.parse(text);
    if (isJsonObject(manifest)) {
      return manifest;
    }
  } catch {
    // Said below.
  }
  throw unprocessable('The manifest is not a JSON object.');
}

function urlAt(parent: JsonObject, key: string): string {
  const text = textAt(parent, key) ?? '';
  if (!/^https?:/.test(text) || !URL.canParse(text)) {
    throw unprocessable(`The manifest has no URL "${key}".`);
  }
  return text;
}

function permissionsAt(manifest: JsonObject): Permissions {
  const entries = Object.entries(objectAt(manifest, 'default_permissions'));
  const wrong = entries.find(([, level]) => !levels.has(level));
  if (wrong) {
    throw unprocessable(`The manifest asks for the permission "${wrong[0]}" in no known way.`);
  }
  return Object.fromEntries(entries as [string, PermissionLevel][]);
}
