import { digestOf } from '../../domain/digest.ts';
import type { ForeignKey } from '../schema/model.ts';
import { describeMask } from './describe-mask.ts';
import { domainOf } from './domain-of.ts';
import type { Mask } from './rule-set.ts';
import type { RuledColumn } from './ruled-tables.ts';
import { spoken } from './spoken-name.ts';
import { groupsOf, type Tie, tiesOf } from './tied-columns.ts';

/** What becomes of a column, foreign keys considered. */
export interface Settled {
  readonly mask: Mask;
  readonly domain: string;
}

export interface TiedRules {
  /** By `RuledColumn.id`. */
  readonly settled: ReadonlyMap<string, Settled>;
  readonly problems: readonly string[];
}

/** Masks that give equal values of equal ones wherever they stand: all that a group tied by foreign keys may have. */
const EQUALIZING: ReadonlySet<Mask['kind']> = new Set(['keep', 'null', 'fake', 'hash', 'digits', 'date-shift', 'text']);

/**
 * One mask and one domain for all columns that foreign keys tie together. A column without a rule takes the mask of the
 * column it refers to; `null` is fine for a column to which nothing refers. Columns that end without a rule are left out.
 */
export function tieRules(columns: readonly RuledColumn[], foreignKeys: readonly ForeignKey[]): TiedRules {
  const ruled = new Map(columns.map((column) => [column.id, column]));
  // What a truncated table refers to, and what refers to it, ties nobody; a generated column has no rule that could differ.
  const ties = tiesOf(foreignKeys).filter(({ from, to }) => ruled.has(from) && ruled.has(to));
  followReferences(ruled, ties);
  const settled = new Map<string, Settled>();
  for (const { id, rule } of ruled.values()) {
    if (rule !== undefined) {
      settled.set(id, { mask: rule.mask, domain: rule.domain ?? domainOf(rule.mask) });
    }
  }
  const problems = groupsOf(ties).flatMap((ids) => {
    const group = groupOf(ids, { ruled, ties });
    group?.members.forEach(({ id }) => settled.set(id, group.shared));
    return group ? disagreements(group) : [];
  });
  // Of kept columns each has a reason of its own.
  ruled.forEach(({ id, rule }) => rule?.mask.kind === 'keep' && settled.set(id, { mask: rule.mask, domain: 'keep' }));
  return { settled, problems };
}

/** From the referenced to the referencing, as far as keys lead. Only masks that change something are handed on. */
function followReferences(ruled: Map<string, RuledColumn>, ties: readonly Tie[]): void {
  for (let goesOn = true; goesOn; ) {
    goesOn = false;
    for (const { from, to } of ties) {
      const rule = ruled.get(to)?.rule;
      const follower = ruled.get(from);
      if (follower !== undefined && follower.rule === undefined && rule !== undefined && rule.mask.kind !== 'keep') {
        ruled.set(from, { ...follower, rule });
        goesOn = true;
      }
    }
  }
}

type Member = RuledColumn & { readonly rule: NonNullable<RuledColumn['rule']> };

interface Group {
  /** All whose rule has to be the same. */
  readonly members: readonly Member[];
  /** The one that says what the others are held to: one that others refer to and that refers to none, if there is one. */
  readonly lead: Member;
  readonly shared: Settled;
  readonly ties: readonly Tie[];
}

function groupOf(
  ids: readonly string[],
  { ruled, ties }: { ruled: ReadonlyMap<string, RuledColumn>; ties: readonly Tie[] },
): Group | undefined {
  const within = new Set(ids);
  const inGroup = ties.filter(({ from }) => within.has(from));
  const referenced = new Set(inGroup.map(({ to }) => to));
  const referencing = new Set(inGroup.map(({ from }) => from));
  const members = ids
    .map((id) => ruled.get(id))
    .filter((column): column is Member => column?.rule !== undefined)
    .filter(({ id, rule }) => referenced.has(id) || rule.mask.kind !== 'null');
  const roots = members.filter(({ id }) => !referencing.has(id));
  const lead = roots.find(({ rule }) => rule.domain !== undefined) ?? roots[0] ?? members[0];
  return lead && { members, lead, shared: sharedBy(lead.rule), ties: inGroup };
}

function sharedBy({ mask, domain }: Member['rule']): Settled {
  return { mask, domain: domain ?? domainOf(mask) };
}

function disagreements({ members, lead, shared, ties }: Group): string[] {
  const isByOthers = shared.mask.kind === 'date-shift' && shared.mask.with !== undefined;
  const breaks =
    EQUALIZING.has(shared.mask.kind) && !isByOthers
      ? []
      : [`${nameOf(lead)} is tied to others by a foreign key, which \`${describeMask(shared.mask)}\` would break`];
  const differing = members.filter(
    ({ rule: { mask, domain } }) => !isSame(mask, shared.mask) || (domain ?? shared.domain) !== shared.domain,
  );
  return [
    ...breaks,
    ...differing.map((member) => {
      const key = keyBetween(member.id, { lead: lead.id, ties });
      return (
        `${nameOf(member)} is to be ${said(member.rule)}, and ${nameOf(lead)}, to which ${key} ties it, ` +
        `${said(lead.rule)}: what is tied together needs one mask and one domain`
      );
    }),
  ];
}

function isSame(a: Mask, b: Mask): boolean {
  return a.kind === 'keep' ? b.kind === 'keep' : digestOf(a) === digestOf(b);
}

function said({ mask, domain }: Member['rule']): string {
  const named = domain === undefined ? '' : ` of domain ${spoken(domain)}`;
  return mask.kind === 'keep' ? 'kept' : `\`${describeMask(mask)}\`${named}`;
}

function keyBetween(id: string, { lead, ties }: { lead: string; ties: readonly Tie[] }): string {
  const direct = ties.find(({ from, to }) => (from === id && to === lead) || (from === lead && to === id));
  return direct ? `the foreign key ${spoken(direct.foreignKey)}` : 'a chain of foreign keys';
}

function nameOf({ table, column }: RuledColumn): string {
  return spoken(table.name, column.name);
}
