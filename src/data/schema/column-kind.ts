import type { ColumnKind } from './model.ts';

const TYPES: Readonly<Partial<Record<ColumnKind, readonly string[]>>> = {
  text: ['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext'],
  binary: ['binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob'],
  integer: ['tinyint', 'smallint', 'mediumint', 'int', 'bigint'],
  decimal: ['decimal'],
  float: ['float', 'double'],
  date: ['date'],
  datetime: ['datetime', 'timestamp'],
  time: ['time'],
  year: ['year'],
  json: ['json'],
  enum: ['enum'],
  set: ['set'],
  bit: ['bit'],
  spatial: [
    'geometry',
    'point',
    'linestring',
    'polygon',
    'multipoint',
    'multilinestring',
    'multipolygon',
    'geometrycollection',
    'geomcollection',
  ],
};
const KINDS = new Map(
  Object.entries(TYPES).flatMap(([kind, types]) => types.map((type) => [type, kind as ColumnKind])),
);

/** Of `DATA_TYPE` as information_schema has it. */
export function columnKind(dataType: string): ColumnKind {
  return KINDS.get(dataType.toLowerCase()) ?? 'other';
}
