import { initialise, type Parts } from './parts.ts';

export interface Listed {
  readonly name: string;
  /** Null where it was never made to its end. */
  readonly expiresAt: string | null;
  readonly branch: string | null;
  readonly repository: string | null;
  readonly isExpired: boolean;
  readonly resources: number;
  readonly urls: Readonly<Record<string, string>>;
}

/** Every environment of the state, by name. */
export async function listEnvironments(parts: Parts): Promise<{ action: 'list'; environments: readonly Listed[] }> {
  await initialise(parts);
  const environments: Listed[] = [];
  for (const name of await parts.workspaces.list()) {
    const { remembered, resources, urls } = await parts.workspaces.read(name);
    environments.push({
      name,
      expiresAt: remembered?.expiresAt ?? null,
      branch: remembered?.branch ?? null,
      repository: remembered?.repository ?? null,
      isExpired: remembered !== undefined && Date.parse(remembered.expiresAt) <= parts.now().getTime(),
      resources,
      urls,
    });
  }
  return { action: 'list', environments };
}
