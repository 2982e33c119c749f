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

// A header holds neither letters beyond ASCII nor, where it is a list, a comma; S3 keeps names of metadata in lower case.
const headerText = fc.stringMatching(/^[a-z0-9/+=-]{1,8}$/);

const anyNumber = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((half) => half / 2);
const anyInstant = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2090-01-01T00:00:00Z'),
  noInvalidDate: true,
});
// A date of HTTP, as most headers have, has no milliseconds.
const HTTP_DATE = 6;
const anyWholeSecond = anyInstant.map((instant) => new Date(Math.floor(instant.getTime() / 1000) * 1000));
const anyBytes = fc.uint8Array({ minLength: 1, maxLength: 8 });

/** Values of a shape of an SDK: every required member and some of the others, no empty lists, maps or structures. */
export function anyOf(schema: NormalizedSchema, depth = 0): fc.Arbitrary<unknown> {
  const { httpHeader, httpPrefixHeaders, httpResponseCode } = schema.getMergedTraits();
  if (httpPrefixHeaders !== undefined) {
    return fc.dictionary(headerText, headerText, { minKeys: 1, maxKeys: 3 });
  }
  if (httpResponseCode) {
    return fc.integer({ min: 200, max: 204 });
  }
  if (httpHeader) {
    return anyHeader(schema);
  }
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

function anyHeader(schema: NormalizedSchema): fc.Arbitrary<unknown> {
  if (schema.getMergedTraits().httpHeader === 'x-amz-sdk-checksum-algorithm') {
    return fc.constantFrom('CRC32', 'SHA256');
  }
  if (schema.isListSchema()) {
    return fc.array(headerText, { minLength: 1, maxLength: 3 });
  }
  if (schema.isTimestampSchema()) {
    return anyWholeSecond;
  }
  return schema.isStringSchema() ? headerText : anyScalar(schema);
}

function anyScalar(schema: NormalizedSchema): fc.Arbitrary<unknown> {
  if (schema.isNumericSchema()) {
    return anyNumber;
  }
  if (schema.isBooleanSchema()) {
    return fc.boolean();
  }
  if (schema.isTimestampSchema()) {
    return schema.getSchema() === HTTP_DATE ? anyWholeSecond : anyInstant;
  }
  if (schema.isBlobSchema()) {
    return anyBytes;
  }
  // A label or a name in a URI: Route 53's client cuts `/hostedzone/` off, so a slash would not come through.
  return schema.getMergedTraits().httpLabel ? anyText.map((text) => text.replaceAll('/', 'x')) : anyText;
}

const WORKED_OUT = /^(x-amz-checksum-.*|content-length|content-md5|.*-customer-key(-md5)?|expiresstring)$/i;

/** Headers that a client works out by itself from the body, a key or another header. */
export function isWorkedOut(schema: NormalizedSchema): boolean {
  return WORKED_OUT.test(schema.getMergedTraits().httpHeader ?? '');
}

function anyStructure(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> {
  const members = [...schema.structIterator()].filter(([, member]) => !isWorkedOut(member));
  // The seventh element of a structure's schema counts its required members, which stand first.
  const required = Number((schema.getSchema() as unknown[])[6] ?? 0);
  const least = depth === 0 ? required : Math.max(required, 1);
  const kept = depth >= DEEPEST ? fewest(schema, members, least) : members;
  const model = Object.fromEntries(kept.map(([name, member]) => [name, anyOf(member, depth + 1)]));
  // What is the whole of a body must be there: S3's client takes an answer without one for an aborted request.
  const needed = kept.filter(([, member], index) => index < least || member.getMergedTraits().httpPayload);
  return fc.record(model, { requiredKeys: needed.map(([name]) => name), noNullPrototype: true });
}

type Member = [name: string, schema: NormalizedSchema];

/** As few members as there may be, and where there is a choice none that leads back to the structure itself. */
function fewest(schema: NormalizedSchema, members: Member[], least: number): Member[] {
  const required = members.slice(0, Number((schema.getSchema() as unknown[])[6] ?? 0));
  const others = members.slice(required.length).filter(([, member]) => itemOf(member).getName() !== schema.getName());
  return [...required, ...others].slice(0, least);
}

/** What a list or a map holds in the end; anything else is itself. */
function itemOf(schema: NormalizedSchema): NormalizedSchema {
  return schema.isListSchema() || schema.isMapSchema() ? itemOf(schema.getValueSchema()) : schema;
}
