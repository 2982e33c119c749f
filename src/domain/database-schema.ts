/** A column as its server describes it: `varchar(35) not null`. */
export interface ColumnShape {
  readonly name: string;
  readonly type: string;
}

export interface IndexShape {
  readonly name: string;
  /** `unique (surname, born_on)`. */
  readonly over: string;
}

export interface TableShape {
  readonly name: string;
  readonly columns: readonly ColumnShape[];
  readonly indexes: readonly IndexShape[];
}

/** The shape of one database, without any of its data. Names are unique within their list. */
export interface DatabaseSchema {
  readonly tables: readonly TableShape[];
}
