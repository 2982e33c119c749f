/** Where a container's secret variable is read from. */
export type SecretReference =
  /** A parameter of the parameter store, by its path. */
  | { readonly kind: 'parameter'; readonly name: string }
  /** A secret, by its name or ARN; `key` is a member of its JSON, or null for the whole text. */
  | {
      readonly kind: 'secret';
      readonly secret: string;
      readonly key: string | null;
      readonly stage: string | null;
      readonly version: string | null;
    };

const ARN = /^(arn:aws[\w-]*:secretsmanager:[\w-]+:\d{12}:secret:[\w/+=.@-]+)(?::(.*))?$/;

/**
 * Reads what stands behind a variable under `secrets`, once its references are replaced: `/path/of/a/parameter`, or a
 * secret's name or ARN followed by nothing, by `:key`, or by `:key:stage:version` of which any may be empty, as ECS writes
 * it. Undefined when it is none of these.
 */
export function parseSecretReference(text: string): SecretReference | undefined {
  if (text.startsWith('/')) {
    return /^(\/[\w.-]+)+$/.test(text) ? { kind: 'parameter', name: text } : undefined;
  }
  const { secret, parts, legal } = splitSecret(text);
  if (!legal || !(parts.length <= 1 || parts.length === 3)) {
    return undefined;
  }
  const [key = null, stage = null, version = null] = parts.map((part) => (part === '' ? null : part));
  return { kind: 'secret', secret, key, stage, version };
}

function splitSecret(text: string): { secret: string; parts: string[]; legal: boolean } {
  const [, arn, rest] = ARN.exec(text) ?? [];
  if (arn !== undefined) {
    return { secret: arn, parts: rest === undefined ? [] : rest.split(':'), legal: true };
  }
  const [secret = '', ...parts] = text.split(':');
  return { secret, parts, legal: /^[\w/+=.@-]{1,512}$/.test(secret) };
}

/** As a task definition takes it (`valueFrom`); `arn` is the secret's, which ECS wants in full. */
export function secretValueFrom(reference: SecretReference, arn: string): string {
  if (reference.kind === 'parameter') {
    return reference.name;
  }
  const { key, stage, version } = reference;
  return key === null && stage === null && version === null
    ? arn
    : [arn, key ?? '', stage ?? '', version ?? ''].join(':');
}
