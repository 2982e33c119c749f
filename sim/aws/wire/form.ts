import type { NormalizedSchema } from '@smithy/core/schema';
import { decodeScalar } from './scalar.ts';

/**
 * Decodes the form body of the `query` and `ec2` protocols. It is the one codec the SDK does not ship: a client only
 * ever writes these forms.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html, https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export function decodeForm(
  schema: NormalizedSchema,
  form: URLSearchParams,
  protocol: 'query' | 'ec2',
): Record<string, unknown> {
  const keys = [...form.keys()];

  const holds = (key: string): boolean => keys.some((name) => name === key || name.startsWith(`${key}.`));

  function nameOf(member: string, memberSchema: NormalizedSchema): string {
    const traits: { xmlName?: string; ec2QueryName?: string } = memberSchema.getMergedTraits();
    if (protocol === 'query') {
      return traits.xmlName ?? member;
    }
    return traits.ec2QueryName ?? capitalised(traits.xmlName ?? member);
  }

  function structure(shape: NormalizedSchema, prefix: string): Record<string, unknown> {
    const decoded: Record<string, unknown> = {};
    for (const [member, memberSchema] of shape.structIterator()) {
      const name = nameOf(member, memberSchema);
      const key = prefix ? `${prefix}.${name}` : name;
      if (holds(key)) {
        decoded[member] = value(memberSchema, key);
      }
    }
    return decoded;
  }

  function list(shape: NormalizedSchema, prefix: string): unknown[] {
    if (form.get(prefix) === '') {
      return [];
    }
    const item = shape.getValueSchema();
    const flat = protocol === 'ec2' || shape.getMergedTraits().xmlFlattened;
    const base = flat ? prefix : `${prefix}.${listMemberName(item, form, prefix)}`;
    return numbered(base).map((key) => value(item, key));
  }

  function map(shape: NormalizedSchema, prefix: string): Record<string, unknown> {
    const base = shape.getMergedTraits().xmlFlattened ? prefix : `${prefix}.entry`;
    const keyName = shape.getKeySchema().getMergedTraits().xmlName ?? 'key';
    const valueName = shape.getValueSchema().getMergedTraits().xmlName ?? 'value';
    return Object.fromEntries(
      numbered(base).map((entry) => [
        form.get(`${entry}.${keyName}`) ?? '',
        value(shape.getValueSchema(), `${entry}.${valueName}`),
      ]),
    );
  }

  function numbered(base: string): string[] {
    const found: string[] = [];
    for (let index = 1; holds(`${base}.${index}`); index++) {
      found.push(`${base}.${index}`);
    }
    return found;
  }

  function value(shape: NormalizedSchema, key: string): unknown {
    if (shape.isStructSchema()) {
      return structure(shape, key);
    }
    if (shape.isListSchema()) {
      return list(shape, key);
    }
    return shape.isMapSchema() ? map(shape, key) : decodeScalar(shape, form.get(key) ?? '');
  }

  return schema.isUnitSchema() ? {} : structure(schema, '');
}

/** RDS names list members after their shape (`Tags.Tag.1`) but the service also takes `.member.`, which moto's own clients and old SDKs send. */
function listMemberName(item: NormalizedSchema, form: URLSearchParams, prefix: string): string {
  const modelled = item.getMergedTraits().xmlName ?? 'member';
  const hasModelled = [...form.keys()].some((name) => name.startsWith(`${prefix}.${modelled}.`));
  return hasModelled ? modelled : 'member';
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
