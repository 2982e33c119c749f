import { NormalizedSchema } from '@smithy/core/schema';

/** One operation of a service, as the SDK client itself describes it. */
export interface Operation {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** Method, URI template and success status of a REST operation. */
  readonly http: readonly [method: string, uri: string, status: number] | undefined;
}

/** What the model says of an error: the code that goes over the wire and the HTTP status. */
export interface ModelledError {
  readonly wireCode: string;
  /** Absent where the model does not say and the fault is the caller's: S3 documents its statuses outside the model. */
  readonly status?: number;
  /** The code that the service sent while it spoke the query protocol, where its model still tells it. */
  readonly queryCode?: string;
}

/** The exports of an `@aws-sdk/client-*` package: operation and error schemas stand among them as `Name$`. */
export type SdkModule = Readonly<Record<string, unknown>>;

interface ErrorTraits {
  readonly awsQueryError?: readonly [code: string, status: number];
  readonly httpError?: number;
  readonly error?: 'client' | 'server';
}

const OPERATION = 9;
const ERROR = -3;

/** Kind, namespace, name, traits, input and output; an error ends after its traits and members. */
type OperationSchema = readonly [typeof OPERATION, string, string, Traits, unknown, unknown];
type ErrorSchema = readonly [typeof ERROR, string, string, Traits, ...unknown[]];

/** A number packs the traits that carry no value. */
type Traits = number | (ErrorTraits & { readonly http?: readonly [method: string, uri: string, status: number] });

function isSchemaOf<S extends readonly unknown[]>(kind: number, value: unknown): value is S {
  return Array.isArray(value) && value[0] === kind;
}

/** Schema references are values or functions that return them; NormalizedSchema takes both, its types only one. */
function schemaOf(reference: unknown): NormalizedSchema {
  return NormalizedSchema.of(reference as Parameters<typeof NormalizedSchema.of>[0]);
}

/** Every operation of the service, by name. */
export function operationsOf(sdk: SdkModule): ReadonlyMap<string, Operation> {
  const operations = new Map<string, Operation>();
  for (const schema of Object.values(sdk)) {
    if (isSchemaOf<OperationSchema>(OPERATION, schema)) {
      const [, , name, traits, input, output] = schema;
      const http = typeof traits === 'object' ? traits.http : undefined;
      operations.set(name, { name, input: schemaOf(input), output: schemaOf(output), http });
    }
  }
  return operations;
}

/**
 * Every modelled error of the service, by shape name (`DBInstanceNotFoundFault`). The trait `awsQueryError` speaks of the
 * query protocol alone: SSM's model still carries it, and SSM answers in JSON with the shape's name and 400.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsqueryerror-trait
 */
export function errorsOf(
  sdk: SdkModule,
  { overForms }: { readonly overForms: boolean },
): ReadonlyMap<string, ModelledError> {
  const errors = new Map<string, ModelledError>();
  for (const schema of Object.values(sdk)) {
    if (isSchemaOf<ErrorSchema>(ERROR, schema)) {
      const [, , name, traits] = schema;
      const known: ErrorTraits = typeof traits === 'object' ? traits : {};
      const [wireCode, queryStatus] = (overForms ? known.awsQueryError : undefined) ?? [name, undefined];
      const status = queryStatus ?? known.httpError ?? (known.error === 'server' ? 500 : undefined);
      errors.set(name, {
        wireCode,
        ...(status !== undefined && { status }),
        ...(known.awsQueryError && { queryCode: known.awsQueryError[0] }),
      });
    }
  }
  return errors;
}

/** Dotted paths of required members that are missing from a decoded input. */
export function missingMembers(schema: NormalizedSchema, value: unknown, path = ''): string[] {
  if (value === undefined || value === null) {
    return [];
  }
  if (schema.isListSchema()) {
    return (value as unknown[]).flatMap((item, index) =>
      missingMembers(schema.getValueSchema(), item, `${path}[${index}]`),
    );
  }
  if (!schema.isStructSchema()) {
    return [];
  }
  const required = requiredCount(schema);
  return [...schema.structIterator()].flatMap(([member, memberSchema], index) => {
    const at = path ? `${path}.${member}` : member;
    const held = (value as Record<string, unknown>)[member];
    return index < required && (held === undefined || held === null) ? [at] : missingMembers(memberSchema, held, at);
  });
}

/** How many members of a structure are required; they stand first. */
export function requiredCount(schema: NormalizedSchema): number {
  return schema.isStructSchema() ? Number((schema.getSchema() as unknown[])[6] ?? 0) : 0;
}
