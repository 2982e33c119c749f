import { createHmac } from 'node:crypto';
import { TerminalError } from '../../domain/failure.ts';
import type { TableCount } from '../../domain/passport.ts';
import { quoteName } from '../mysql/quote-name.ts';
import type { Session } from '../mysql/session.ts';
import type { Plan } from '../plan/plan.ts';
import { WORK_DATABASE } from '../work-database.ts';

/** How far a run is. A step that is not named as done may be done again from its start. */
export const PHASES = ['begun', 'noted', 'untriggered', 'removed', 'prepared', 'masked', 'whole', 'done'] as const;
export type Phase = (typeof PHASES)[number];

/** What a run is of; another one cannot go on with its journal. */
export interface RunIdentity {
  readonly database: string;
  readonly ruleSet: string;
  readonly schema: string;
  /** Of the masks; only its trace is kept. */
  readonly key: string;
}

export interface Journal {
  readonly plan: Plan;
  readonly phase: Phase;
  /** Of a run that is done. */
  readonly end: RunEnd | undefined;
}

/** All that is left to tell of a run, once nothing is left to do. */
export interface RunEnd {
  readonly counts: readonly TableCount[];
  /** In the words of whoever looked at the result. */
  readonly proof: string;
}

/** More names than these help nobody. */
const MOST_NAMED = 5;

const TABLES = [
  `CREATE TABLE ${work('triggers')} (position INT PRIMARY KEY, name VARCHAR(64) NOT NULL, statement LONGTEXT NOT NULL,
     sql_mode TEXT NOT NULL, charset VARCHAR(64) NOT NULL, collation VARCHAR(64) NOT NULL)`,
  `CREATE TABLE ${work('tables')} (number INT PRIMARY KEY, rows_before BIGINT NULL, rows_after BIGINT NULL,
     state VARCHAR(12) NOT NULL, next_id VARCHAR(24) NULL, is_rewritten BOOLEAN NOT NULL)`,
  `CREATE TABLE ${work('parts')} (number INT NOT NULL, step VARCHAR(8) NOT NULL, part INT NOT NULL,
     after_key LONGTEXT NULL, up_to_key LONGTEXT NULL, rows_done BIGINT NOT NULL, is_done BOOLEAN NOT NULL,
     PRIMARY KEY (number, step, part))`,
  `CREATE TABLE ${work('run')} (id INT PRIMARY KEY, target VARCHAR(64) NOT NULL, rule_set CHAR(64) NOT NULL,
     schema_digest CHAR(64) NOT NULL, key_trace CHAR(64) NOT NULL, phase VARCHAR(16) NOT NULL, plan LONGTEXT NOT NULL,
     end_of_run LONGTEXT NULL)`,
];

/** A table of the work database, quoted. */
export function work(table: string): string {
  return quoteName(WORK_DATABASE, table);
}

/** The table of the work database with the masked rows of the plan's nth table, once it is written anew. */
export function stageTable(number: number): string {
  return `stage_${number}`;
}

/** What a run makes there; of one whose end was cut off any of it may be left. */
const OWN = /^(run|tables|parts|triggers|stage_\d+|map_\d+(_open)?|deal_\w+_(from|to)|fingerprint_\w+)$/;

/**
 * Where there is no journal: throws, and names what it found, when the work database holds what no run made. It is
 * somebody else's then, who happened upon its name, and nothing is to be dropped with it.
 */
export async function assertOwnWork(session: Session): Promise<void> {
  const found = await session.rows(
    `SELECT TABLE_NAME AS name, 1 AS is_table FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?
     UNION ALL SELECT ROUTINE_NAME, 0 FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ?
     UNION ALL SELECT EVENT_NAME, 0 FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ?`,
    [WORK_DATABASE, WORK_DATABASE, WORK_DATABASE],
  );
  const isJournal = await hasJournal(session);
  const others = found
    .filter(({ name, is_table: isTable }) => {
      const isOwn = OWN.test(String(name)) && (name !== 'run' || isJournal);
      return Number(isTable) === 0 || !isOwn;
    })
    .map(({ name }) => String(name));
  if (others.length > 0) {
    throw new TerminalError(
      'WorkOfOthers',
      `The database ${WORK_DATABASE} is where a run keeps its journal, and there it holds what no run made (${others.slice(0, MOST_NAMED).join(', ')}). Nothing was changed: keep that elsewhere, or mask on another server.`,
      { actor: 'operator' },
    );
  }
}

/** A journal's table, and no other of its name. */
async function hasJournal(session: Session): Promise<boolean> {
  const [column] = await session.rows(
    "SELECT 1 AS there FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = 'run' AND COLUMN_NAME = 'key_trace'",
    [WORK_DATABASE],
  );
  return column !== undefined;
}

/** The journal that is there; undefined where there is none, or none that was begun. */
export async function readJournal(
  session: Session,
): Promise<(Journal & { readonly row: Readonly<Record<string, unknown>> }) | undefined> {
  const [row] = (await hasJournal(session)) ? await session.rows(`SELECT * FROM ${work('run')}`) : [];
  const end = row?.['end_of_run'] ?? null;
  return (
    row && {
      plan: JSON.parse(String(row['plan'])) as Plan,
      phase: row['phase'] as Phase,
      end: end === null ? undefined : (JSON.parse(String(end)) as RunEnd),
      row,
    }
  );
}

/** Goes on with the journal that is there, when it is this run's, or begins one. */
export async function openJournal(session: Session, identity: RunIdentity, plan: Plan): Promise<Journal> {
  const found = await readJournal(session);
  const differs = found && differenceOf(found.row, identity);
  if (found && differs === undefined) {
    return found;
  }
  if (found && (await hasChangedAnything(session, found))) {
    throw anotherRun(differs ?? '');
  }
  if (!found) {
    await assertOwnWork(session);
  }
  // Whoever was killed before the last of these statements had changed nothing yet.
  await session.change(`DROP DATABASE IF EXISTS ${quoteName(WORK_DATABASE)}`);
  await session.change(`CREATE DATABASE ${quoteName(WORK_DATABASE)} CHARACTER SET utf8mb4`);
  for (const table of TABLES) {
    await session.change(`${table} ENGINE = InnoDB`);
  }
  await session.change('START TRANSACTION');
  for (const [number, { strategy }] of plan.tables.entries()) {
    await session.change(`INSERT INTO ${work('tables')} VALUES (?, NULL, NULL, 'new', NULL, ?)`, [
      number,
      Number(strategy === 'rewrite'),
    ]);
  }
  await session.change(`INSERT INTO ${work('run')} VALUES (1, ?, ?, ?, ?, 'begun', ?, NULL)`, [
    identity.database,
    identity.ruleSet,
    identity.schema,
    keyTrace(identity.key),
    JSON.stringify(plan),
  ]);
  await session.change('COMMIT');
  return { plan, phase: 'begun', end: undefined };
}

export async function enterPhase(session: Session, phase: Phase): Promise<void> {
  await session.change(`UPDATE ${work('run')} SET phase = ?`, [phase]);
}

/** Enters the last phase, or tells it anew. */
export async function enterEnd(session: Session, end: RunEnd): Promise<void> {
  await session.change(`UPDATE ${work('run')} SET phase = 'done', end_of_run = ?`, [JSON.stringify(end)]);
}

/**
 * Drops the work database, and last in it the entry that says that the run is done: a database is not dropped at once, and
 * what was masked would be masked again by whoever finds no entry.
 */
export async function dropJournal(session: Session): Promise<void> {
  const rest = await session.rows(
    "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME <> 'run'",
    [WORK_DATABASE],
  );
  for (const { name } of rest) {
    await session.change(`DROP TABLE ${work(String(name))}`);
  }
  await session.change(`DROP DATABASE ${quoteName(WORK_DATABASE)}`);
}

/** What a run leaves unfinished. Triggers are dropped first, and written down before. */
export async function hasChangedAnything(session: Session, { phase }: Journal): Promise<boolean> {
  if (phase === 'done') {
    return false;
  }
  const [saved] = await session.rows(`SELECT 1 AS there FROM ${work('triggers')} LIMIT 1`);
  return saved !== undefined || PHASES.indexOf(phase) >= PHASES.indexOf('untriggered');
}

function differenceOf(row: Readonly<Record<string, unknown>>, identity: RunIdentity): string | undefined {
  return (
    (row['target'] !== identity.database && `database (${String(row['target'])})`) ||
    (row['rule_set'] !== identity.ruleSet && 'rule set') ||
    (row['schema_digest'] !== identity.schema && 'schema') ||
    (row['key_trace'] !== keyTrace(identity.key) && 'key') ||
    undefined
  );
}

function anotherRun(differs: string): TerminalError {
  return new TerminalError(
    'AnotherRun',
    `A run that was interrupted has another ${differs}. Go on with that one, or give it up with mayfly anonymise abort and restore the database, a part of which may be masked.`,
    { actor: 'operator' },
  );
}

function keyTrace(key: string): string {
  return createHmac('sha256', key).update('mayfly journal').digest('hex');
}
