import type { Database, SqlValue } from '../mysql/session.ts';

/** A text that somebody wrote into the schema itself, where no mask gets to. */
export interface SchemaText {
  /** The table, or what else it belongs to by its name: a view, a trigger. */
  readonly of: string;
  /** A column of the table, or what it is, in parentheses: `(view)`. */
  readonly column: string;
  /** Where of a column: `its default`. */
  readonly where: string | undefined;
  readonly text: string;
  /** SQL, and no text for people. */
  readonly isCode: boolean;
}

/** All that the user may see of it. */
export async function readSchemaTexts(database: Database): Promise<readonly SchemaText[]> {
  return await database.withSession(async (session) => {
    const texts: SchemaText[] = [];
    for (const query of QUERIES) {
      const rows = await session.rows(query.sql, [database.name]);
      for (const row of rows) {
        const value = text(row['content']);
        const column = query.of ?? text(row['part']);
        // MariaDB names the table of a check, and MySQL the check alone.
        const found = {
          of: text(row['TABLE_NAME'] ?? row['object']),
          column,
          where: query.where,
          isCode: query.isCode ?? false,
        };
        texts.push(...(query.isEach ? literals(value) : [value]).map((each) => ({ ...found, text: each })));
      }
    }
    return texts.filter((each) => each.text.trim() !== '');
  });
}

interface Query {
  readonly sql: string;
  /** What it is of; undefined where the row says so. */
  readonly of?: string;
  readonly where?: string;
  readonly isCode?: boolean;
  /** Each literal of it is a text. */
  readonly isEach?: boolean;
}

const QUERIES: readonly Query[] = [
  {
    where: 'its default',
    isEach: true,
    sql: `SELECT TABLE_NAME AS object, COLUMN_NAME AS part, COLUMN_DEFAULT AS content FROM information_schema.COLUMNS
      WHERE TABLE_SCHEMA = ? AND COLUMN_DEFAULT IS NOT NULL ORDER BY TABLE_NAME, ORDINAL_POSITION`,
  },
  {
    where: 'its comment',
    sql: `SELECT TABLE_NAME AS object, COLUMN_NAME AS part, COLUMN_COMMENT AS content FROM information_schema.COLUMNS
      WHERE TABLE_SCHEMA = ? AND COLUMN_COMMENT <> '' ORDER BY TABLE_NAME, ORDINAL_POSITION`,
  },
  {
    where: 'its members',
    isEach: true,
    sql: `SELECT TABLE_NAME AS object, COLUMN_NAME AS part, COLUMN_TYPE AS content FROM information_schema.COLUMNS
      WHERE TABLE_SCHEMA = ? AND DATA_TYPE IN ('enum', 'set') ORDER BY TABLE_NAME, ORDINAL_POSITION`,
  },
  {
    where: 'what it is generated from',
    isCode: true,
    sql: `SELECT TABLE_NAME AS object, COLUMN_NAME AS part, GENERATION_EXPRESSION AS content
      FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND GENERATION_EXPRESSION <> ''
      ORDER BY TABLE_NAME, ORDINAL_POSITION`,
  },
  {
    of: '(comment of the table)',
    sql: `SELECT TABLE_NAME AS object, TABLE_COMMENT AS content FROM information_schema.TABLES
      WHERE TABLE_SCHEMA = ? AND TABLE_COMMENT NOT IN ('', 'VIEW') ORDER BY TABLE_NAME`,
  },
  {
    of: '(comments of keys)',
    sql: `SELECT DISTINCT TABLE_NAME AS object, INDEX_COMMENT AS content FROM information_schema.STATISTICS
      WHERE TABLE_SCHEMA = ? AND INDEX_COMMENT <> '' ORDER BY TABLE_NAME, INDEX_COMMENT`,
  },
  {
    of: '(partitions)',
    sql: `SELECT TABLE_NAME AS object, CONCAT_WS('; ', PARTITION_NAME, PARTITION_DESCRIPTION, PARTITION_COMMENT) AS content
      FROM information_schema.PARTITIONS WHERE TABLE_SCHEMA = ? AND PARTITION_NAME IS NOT NULL
      ORDER BY TABLE_NAME, PARTITION_NAME`,
  },
  {
    of: '(checks)',
    isCode: true,
    sql: `SELECT c.*, c.CONSTRAINT_NAME AS object, c.CHECK_CLAUSE AS content
      FROM information_schema.CHECK_CONSTRAINTS c WHERE c.CONSTRAINT_SCHEMA = ? ORDER BY c.CONSTRAINT_NAME, c.CHECK_CLAUSE`,
  },
  {
    of: '(view)',
    isCode: true,
    sql: `SELECT TABLE_NAME AS object, VIEW_DEFINITION AS content FROM information_schema.VIEWS
      WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME`,
  },
  {
    of: '(trigger)',
    isCode: true,
    sql: `SELECT TRIGGER_NAME AS object, ACTION_STATEMENT AS content FROM information_schema.TRIGGERS
      WHERE TRIGGER_SCHEMA = ? ORDER BY TRIGGER_NAME`,
  },
  ...['PROCEDURE', 'FUNCTION'].map((type) => ({
    of: `(${type.toLowerCase()})`,
    isCode: true,
    sql: `SELECT ROUTINE_NAME AS object, CONCAT_WS('; ', ROUTINE_DEFINITION, ROUTINE_COMMENT) AS content
      FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ? AND ROUTINE_TYPE = '${type}' ORDER BY ROUTINE_NAME`,
  })),
  {
    of: '(event)',
    isCode: true,
    sql: `SELECT EVENT_NAME AS object, CONCAT_WS('; ', EVENT_DEFINITION, EVENT_COMMENT) AS content
      FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ? ORDER BY EVENT_NAME`,
  },
];

/** MariaDB writes a default as SQL does, and MySQL as it is. */
function literals(value: string): readonly string[] {
  const found = [...value.matchAll(/'((?:[^']|'')*)'/g)].map(([, literal = '']) => literal.replaceAll("''", "'"));
  return found.length > 0 ? found : [value];
}

function text(value: SqlValue | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}
