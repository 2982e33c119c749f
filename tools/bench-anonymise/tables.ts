/** A table that is measured. */
export interface BenchTable {
  readonly name: string;
  /** Of all rows. */
  readonly share: number;
  /** What the floor assigns: the columns that the rules mask, by values of like length and variety. */
  readonly floor: Readonly<Record<string, string>>;
  /** The masks of the same columns, as a rule set has them. */
  readonly masks: Readonly<Record<string, unknown>>;
}

/**
 * The floor reads each row and writes each masked column, as the anonymiser does, and NULL and empty texts stay. `REVERSE`
 * gives a text of the same length, and as many different ones: an index that has to be kept costs both sides the same.
 */
export const TABLES: readonly BenchTable[] = [
  {
    name: 'person',
    share: 0.25,
    floor: {
      forename: 'REVERSE(forename)',
      family_name: 'REVERSE(family_name)',
      other_name: 'REVERSE(other_name)',
      birth_date: 'birth_date + INTERVAL 1 DAY',
      birth_place: 'REVERSE(birth_place)',
      ni_number: 'REVERSE(ni_number)',
    },
    masks: {
      forename: { fake: 'given-name' },
      family_name: { fake: 'family-name' },
      other_name: { fake: 'family-name' },
      birth_date: { dateShift: 180 },
      birth_place: { fake: 'town' },
      ni_number: 'digits',
    },
  },
  {
    name: 'address',
    share: 0.25,
    floor: {
      saon_desc: 'REVERSE(saon_desc)',
      paon_desc: 'REVERSE(paon_desc)',
      street: 'REVERSE(street)',
      locality: 'REVERSE(locality)',
      town: 'REVERSE(town)',
      postcode: 'REVERSE(postcode)',
    },
    masks: {
      saon_desc: 'text',
      paon_desc: 'digits',
      street: { fake: 'address-line' },
      locality: { fake: 'town' },
      town: { fake: 'town' },
      postcode: { fake: 'postcode' },
    },
  },
  {
    name: 'event_history',
    share: 0.5,
    floor: { event_data: 'REVERSE(event_data)' },
    masks: { event_data: 'text' },
  },
];

/** The rules that mask the same columns. What is kept is what the floor leaves alone. */
export function rulesOf(tables: readonly BenchTable[]): string {
  const masks = tables.map(({ name, masks: columns }) => `  ${name}:\n    columns: ${JSON.stringify(columns)}`);
  return `
version: 1
keep:
  - columns: ${JSON.stringify(tables.map(({ name }) => `${name}.*`))}
    reason: not measured
tables:
${masks.join('\n')}
`;
}

export function rowsOf({ share }: BenchTable, rows: number): number {
  return Math.round(rows * share);
}
