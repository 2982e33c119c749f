import type { DatabaseLook } from '../../reconcile/database/database-look.ts';
import { connectionsTo } from './connections.ts';
import { schemaOf } from './schema.ts';

/** What somebody waits for in a comment. */
const LIMIT_MS = 15_000;
/** What an environment waits for on its way. */
export const SCHEMA_LIMIT_MS = 3_000;

export interface DatabaseLookOptions {
  readonly limitMs?: number;
  readonly schemaLimitMs?: number;
  /** PEM: with them servers are spoken to in TLS alone, and have to have certificates that these sign. */
  readonly certificates?: string | undefined;
}

export function createDatabaseLook({
  limitMs = LIMIT_MS,
  schemaLimitMs = SCHEMA_LIMIT_MS,
  certificates,
}: DatabaseLookOptions = {}): DatabaseLook {
  const tls = certificates === undefined ? undefined : { ca: certificates };
  return {
    connections: async (place) => await connectionsTo(place, { limitMs, tls }),
    schema: async (place, request) => await schemaOf(place, request, { limitMs: schemaLimitMs, tls }),
  };
}
