/** The name servers that the world is sent to for a zone. Rejects with Node's DNS codes. */
export type ResolveNameServers = (zone: string) => Promise<readonly string[]>;

/** That there are none; other failures say something of the resolver, not of the zone. */
const NO_SUCH = ['ENOTFOUND', 'ENODATA', 'ESERVFAIL'];

/**
 * Why people would not find the zone's hosts; undefined when they would, and when no resolver can be reached to ask: an
 * absence is only what a resolver said.
 */
export async function delegationProblem({
  zone,
  nameServers,
  resolveNameServers,
}: {
  zone: string;
  nameServers: readonly string[];
  resolveNameServers: ResolveNameServers;
}): Promise<string | undefined> {
  const own = new Set(nameServers.map(plain));
  const found = await servers(zone, resolveNameServers);
  return found === undefined || found.some((server) => own.has(plain(server)))
    ? undefined
    : `The zone ${zone} is not delegated: its parent needs an NS record for it with ${[...own].toSorted().join(', ')}.`;
}

async function servers(zone: string, resolveNameServers: ResolveNameServers): Promise<readonly string[] | undefined> {
  try {
    return await resolveNameServers(zone);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return NO_SUCH.includes(code) ? [] : undefined;
  }
}

function plain(server: string): string {
  return server.toLowerCase().replace(/\.$/, '');
}
