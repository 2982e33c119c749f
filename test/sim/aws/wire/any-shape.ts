import type { NormalizedSchema } from '@smithy/core/schema';
import fc from 'fast-check';

const DEEPEST = 5;

/** Characters that forms, XML, JSON and URIs each have to escape, letters beyond ASCII among them. */
const character = fc.constantFrom(...(`aZ09_-.:/+%=@#?*(),;<>&"'é€🦟`.match(/./gu) ?? []));
const inner = fc.oneof(character, fc.constant(' '));

// Never empty, and without white space at its ends: neither survives XML, in the SDK's reading or in AWS's.
const anyText = fc
  .tuple(character, fc.array(inner, { maxLength: 8 }), character)
  .map(([first, rest, last]) => `${first}${rest.join('')}${last}`);

const anyNumber = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((half) => half / 2);
const anyInstant = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2090-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const anyBytes = fc.uint8Array({ minLength: 1, maxLength: 8 });

/** Values of a shape of an SDK: every required member and some of the others, no empty lists, maps or structures. */
export function anyOf(schema: NormalizedSchema, depth = 0): fc.Arbitrary<unknown> {
  if (schema.isStructSchema()) {
    return anyStructure(schema, depth);
  }
  if (schema.isListSchema()) {
    return fc.array(anyOf(schema.getValueSchema(), depth + 1), { minLength: 1, maxLength: 3 });
  }
  if (schema.isMapSchema()) {
    const value = anyOf(schema.getValueSchema(), depth + 1);
    return fc.dictionary(anyText, value, { minKeys: 1, maxKeys: 3 });
  }
  return anyScalar(schema);
}

function anyScalar(schema: NormalizedSchema): fc.Arbitrary<unknown> {
  if (schema.isNumericSchema()) {
    return anyNumber;
  }
  if (schema.isBooleanSchema()) {
    return fc.boolean();
  }
  if (schema.isTimestampSchema()) {
    return anyInstant;
  }
  if (schema.isBlobSchema()) {
    return anyBytes;
  }
  // A label or a name in a URI: Route 53's client cuts `/hostedzone/` off, so a slash would not come through.
  return schema.getMergedTraits().httpLabel ? anyText.map((text) => text.replaceAll('/', 'x')) : anyText;
}

function anyStructure(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> {
  const members = [...schema.structIterator()];
  // The seventh element of a structure's schema counts its required members, which stand first.
  const required = Number((schema.getSchema() as unknown[])[6] ?? 0);
  const least = depth === 0 ? required : Math.max(required, 1);
  const kept = depth >= DEEPEST ? members.slice(0, least) : members;
  const model = Object.fromEntries(kept.map(([name, member]) => [name, anyOf(member, depth + 1)]));
  return fc.record(model, { requiredKeys: kept.slice(0, least).map(([name]) => name), noNullPrototype: true });
}
