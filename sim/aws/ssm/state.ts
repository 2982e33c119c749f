import type { Tags } from '../tag-index.ts';

export type ParameterType = 'String' | 'StringList' | 'SecureString';

export interface ParameterVersion {
  readonly version: number;
  readonly value: string;
  readonly modifiedAt: Date;
}

export interface Parameter {
  readonly name: string;
  readonly arn: string;
  type: ParameterType;
  tier: 'Standard' | 'Advanced';
  description: string | undefined;
  keyId: string | undefined;
  dataType: string;
  allowedPattern: string | undefined;
  tags: Tags;
  /** Oldest first; the last one is current. */
  readonly versions: ParameterVersion[];
}

/** Everything Systems Manager's Parameter Store holds in this account and Region. */
export interface SsmState {
  readonly parameters: Map<string, Parameter>;
}

export function createSsmState(): SsmState {
  return { parameters: new Map() };
}
