import type { Roster } from '../../src/reconcile/roster.ts';

/** Installations and their repositories, with the numbers of labelled pull requests; what stands in `errors` is thrown. */
export interface FakeRoster extends Roster {
  readonly world: Map<number, Map<string, number[]>>;
  /** By `installation 42`, or by a repository's full name. */
  readonly errors: Map<string, Error>;
  /** What was asked about, in that order, named as in `errors`. */
  readonly asked: string[];
  /** Logins that may label. */
  readonly allowed: Set<string>;
}

export function createFakeRoster(): FakeRoster {
  const world = new Map<number, Map<string, number[]>>();
  const errors = new Map<string, Error>();
  const asked: string[] = [];
  const allowed = new Set(['octocat']);

  async function answer<T>(where: string, said: T): Promise<T> {
    asked.push(where);
    const error = errors.get(where);
    if (error) {
      throw error;
    }
    return await Promise.resolve(said);
  }

  return {
    world,
    errors,
    asked,
    allowed,
    installations: async () => await answer('all', [...world.keys()]),
    repositories: async (id) => await answer(`installation ${id}`, [...(world.get(id)?.keys() ?? [])]),
    labelled: async ({ repository, installationId }) =>
      await answer(repository, world.get(installationId)?.get(repository) ?? []),
    mayLabel: async ({ person }) => await Promise.resolve(allowed.has(person.login)),
  };
}
