/**
 * The database beside the target that holds the journal, maps and fingerprints of a run. There from the first step of a
 * run to its last; whoever finds it there goes on with what it says.
 */
export const WORK_DATABASE = 'mayfly_work';

/** The variable of a session that holds the key of the masks, as text of at least 32 characters. */
export const KEY_VARIABLE = 'mayfly_key';
