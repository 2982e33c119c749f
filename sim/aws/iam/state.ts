import type { Tags } from '../tag-index.ts';

export interface Role {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly createdAt: Date;
  /** The trust policy, as it was sent. */
  trustPolicy: string;
  description: string | undefined;
  maxSessionSeconds: number;
  /** ARN of a managed policy. */
  permissionsBoundary: string | undefined;
  /** Documents of inline policies, by name. */
  readonly inlinePolicies: Map<string, string>;
  /** ARNs of managed policies. */
  readonly attachedPolicies: Set<string>;
  tags: Tags;
}

export interface PolicyVersion {
  readonly id: string;
  readonly document: string;
  readonly createdAt: Date;
}

/** A managed policy: the account's own, or one of AWS's. */
export interface Policy {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly description: string | undefined;
  readonly createdAt: Date;
  updatedAt: Date;
  /** By id: `v1`. A number is never given twice. */
  readonly versions: Map<string, PolicyVersion>;
  defaultVersionId: string;
  versionsMade: number;
  tags: Tags;
}

export interface OidcProvider {
  readonly arn: string;
  /** Without its scheme. */
  readonly url: string;
  readonly createdAt: Date;
  readonly clientIds: Set<string>;
  thumbprints: readonly string[];
  tags: Tags;
}

/** Everything IAM holds in this account. */
export interface IamState {
  /** By name in lower case: "Names are not distinguished by case" (CreateRole, API reference). */
  readonly roles: Map<string, Role>;
  /** The account's own, by ARN. */
  readonly policies: Map<string, Policy>;
  /** By ARN. */
  readonly oidcProviders: Map<string, OidcProvider>;
  /** Ids of the deletions of service-linked roles that were asked for. */
  readonly deletionTasks: Set<string>;
}

export function createIamState(): IamState {
  return { roles: new Map(), policies: new Map(), oidcProviders: new Map(), deletionTasks: new Set() };
}
