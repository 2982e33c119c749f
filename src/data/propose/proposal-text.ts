import type { Table } from '../schema/model.ts';
import { PASSING, spelled } from './name-hints.ts';
import type { ColumnProposal, TableProposal } from './suggestion.ts';
import { maskText, scalar, spokenName } from './yaml-text.ts';

const HEAD = [
  '# Proposed from the schema and a sample. Read every line: a rule is right when a person says so.',
  '# A TODO is a place without a rule, for a person to decide: nothing runs until all of them have one. Where a whole table is',
  '# a comment, take the # away from its name as well.',
  'version: 1',
];

/** `keep`: the lines of what is kept in all tables. A table of which nothing is settled is a comment: it could not be read. */
export function proposalText(tables: readonly TableProposal[], keep: readonly string[]): string {
  const blocks = tables.map(tableText);
  const isEmpty = blocks.every((block) => block.startsWith('  #'));
  return [...HEAD, ...keep, isEmpty ? 'tables: {}' : 'tables:', ...blocks, ''].join('\n');
}

/** Each as `table.column: why`. */
export function undecidedIn(tables: readonly TableProposal[]): readonly string[] {
  return tables.flatMap((proposal) => {
    const table = spokenName(proposal.table.name);
    const hindrance = hindranceOf(proposal);
    return hindrance === undefined
      ? proposal.columns
          .filter(({ suggestion }) => suggestion.kind === 'unknown')
          .map(({ column, because }) => `${table}.${spokenName(column)}: ${because}`)
      : [`${table}: ${hindrance}`];
  });
}

function tableText(proposal: TableProposal): string {
  const name = scalar(proposal.table.name);
  const hindrance = hindranceOf(proposal);
  if (hindrance !== undefined) {
    return [`  # TODO ${name}: ${hindrance}`, `  # ${name}: { truncate: true }`].join('\n');
  }
  const lines = proposal.columns.map(columnText).filter((line) => line !== undefined);
  const mark = lines.some((line) => !line.trimStart().startsWith('#')) ? '' : '# ';
  return [`  ${mark}${name}:`, ...advice(proposal.table), `  ${mark}  columns:`, ...lines].join('\n');
}

function advice({ name }: Table): string[] {
  return PASSING.test(spelled(name))
    ? ['    # Looks like what passes by: `truncate: true` in place of its columns would empty it']
    : [];
}

/** Why nothing of a table can be masked, although something would have to be; undefined when all is well. */
function hindranceOf({ table, columns }: TableProposal): string | undefined {
  const isHarmless = columns.every(({ suggestion }) => suggestion.kind === 'keep' || suggestion.kind === 'elsewhere');
  if (isHarmless) {
    return undefined;
  }
  if (table.primaryKey === undefined) {
    return 'has no primary key and cannot be masked: empty it, or give it a key and propose anew';
  }
  return table.engine.toLowerCase() === 'innodb'
    ? undefined
    : 'has an engine without transactions and cannot be masked: empty it, or make it InnoDB and propose anew';
}

function columnText({ column, suggestion, because }: ColumnProposal): string | undefined {
  if (suggestion.kind === 'elsewhere') {
    return undefined;
  }
  if (suggestion.kind === 'follows') {
    return `      # ${scalar(column)}: ${because}, and follows that where it is masked`;
  }
  return suggestion.kind === 'unknown'
    ? `      # TODO ${scalar(column)}: ${because}`
    : `      ${scalar(column)}: ${maskText(suggestion)} # ${because}`;
}
