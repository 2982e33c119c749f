import { hkdfSync } from 'node:crypto';

/**
 * The database beside the target that holds the journal, maps and fingerprints of a run. There from the first step of a
 * run to its last; whoever finds it there goes on with what it says.
 */
export const WORK_DATABASE = 'mayfly_work';

/** The variable of a session that holds what `sessionKey` makes of the key of the masks. */
export const KEY_VARIABLE = 'mayfly_key';

/**
 * 128 bits that follow from the key, as many as nobody can try. The whole key would make each digest take one block of
 * SHA-256 more; and whoever could read the session's variable would still not have the key itself.
 */
export function sessionKey(key: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', 'mayfly: session', 16));
}
