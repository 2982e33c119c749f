import type { FieldsElsewhere, Mask, MaskedField } from './rule-set.ts';

/** A mask in a few words, for a passport and for messages: `fake family-name`, `json $.email → fake email; others text`. */
export function describeMask(mask: Mask): string {
  if (mask.kind === 'json' || mask.kind === 'xml') {
    return `${mask.kind} ${[...mask.fields.map(described), describeOthers(mask.others)].join('; ')}`;
  }
  if (mask.kind === 'cases') {
    const cases = mask.cases.map((each) => `when ${each.when}: ${describeMask(each.mask)}`);
    return [...cases, `otherwise ${describeMask(mask.otherwise)}`].join('; ');
  }
  return describeSimple(mask);
}

function describeSimple(mask: Exclude<Mask, { kind: 'json' | 'xml' | 'cases' }>): string {
  if (mask.kind === 'constant') {
    return `constant ${JSON.stringify(mask.value)}`;
  }
  if (mask.kind === 'fake') {
    return `fake ${mask.of}`;
  }
  if (mask.kind === 'date-shift') {
    return `date shift ${mask.maxDays} days${mask.with === undefined ? '' : ` with ${mask.with}`}`;
  }
  return mask.kind === 'hash' && mask.length !== undefined ? `hash ${mask.length}` : mask.kind;
}

function described({ path, mask }: MaskedField): string {
  return `${path} → ${describeMask(mask)}`;
}

function describeOthers(others: FieldsElsewhere): string {
  return others === 'text' ? 'others text' : `others kept: ${others.keep}`;
}
