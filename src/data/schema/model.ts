/** What a column holds, as far as a mask has to know. */
export type ColumnKind =
  | 'text'
  | 'binary'
  | 'integer'
  | 'decimal'
  | 'float'
  | 'date'
  | 'datetime'
  | 'time'
  | 'year'
  | 'json'
  | 'enum'
  | 'set'
  | 'bit'
  | 'spatial'
  | 'other';

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  /** As the server writes it: `varchar(35)`. */
  readonly columnType: string;
  /** Characters of text, bytes of binary; undefined for whatever has no such length. */
  readonly maxLength: number | undefined;
  /** Of text only. */
  readonly charset: string | undefined;
  readonly collation: string | undefined;
  readonly nullable: boolean;
  /** Its value follows from others: nobody may assign it. */
  readonly isGenerated: boolean;
  /** Of a generated one: the expression, in SQL. */
  readonly generatedFrom?: string | undefined;
  readonly isAutoIncrement: boolean;
  /** `ON UPDATE CURRENT_TIMESTAMP`: an update that does not assign it changes it. */
  readonly followsUpdates: boolean;
}

export interface UniqueKey {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface KeyPrefix {
  /** `PRIMARY`, or as the unique key is called. */
  readonly key: string;
  readonly column: string;
  /** Characters of text, bytes of binary. */
  readonly length: number;
}

/** A condition that the server holds every row to. */
export interface Check {
  readonly name: string;
  /** In SQL. */
  readonly condition: string;
}

export interface Table {
  readonly name: string;
  /** `InnoDB`. */
  readonly engine: string;
  readonly columns: readonly Column[];
  /** Undefined where there is none. */
  readonly primaryKey: readonly string[] | undefined;
  /** All that keep values apart, the primary key not among them. */
  readonly uniqueKeys: readonly UniqueKey[];
  /** Where one of all these keys compares no more than how a column begins. */
  readonly prefixes?: readonly KeyPrefix[] | undefined;
  readonly checks?: readonly Check[] | undefined;
  /** What its partitions go by, in SQL, where there are values that none of them takes. */
  readonly partitionedBy?: string | undefined;
  /** The server's guess, for progress only. */
  readonly estimatedRows: number;
}

export interface ForeignKey {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly referencedTable: string;
  readonly referencedColumns: readonly string[];
  readonly onDelete: 'CASCADE' | 'SET NULL' | 'RESTRICT' | 'NO ACTION' | 'SET DEFAULT';
}

export interface Trigger {
  readonly name: string;
  readonly table: string;
}

/** One database of a server, each list sorted by name, columns in their order. */
export interface Schema {
  readonly database: string;
  readonly tables: readonly Table[];
  readonly views: readonly string[];
  /** Within this database. */
  readonly foreignKeys: readonly ForeignKey[];
  readonly triggers: readonly Trigger[];
}
