import type { ChangeStatus, ResourceRecordSet } from '@aws-sdk/client-route-53';

/** Record sets by `name type`. Names are lower-case, unescaped, and end in a dot. */
export type Records = Map<string, ResourceRecordSet>;

export interface HostedZone {
  /** Without `/hostedzone/`. */
  readonly id: string;
  /** Lower-case, with its last dot. */
  readonly name: string;
  readonly callerReference: string;
  comment: string | undefined;
  readonly vpcs: readonly { readonly VPCId?: string | undefined }[];
  readonly isPrivate: boolean;
  readonly nameServers: readonly string[];
  /** What the API says. */
  records: Records;
  /** What name servers answer: the records of changes that are INSYNC. */
  readonly published: Records;
  busyUntil: Date;
  tags: Readonly<Record<string, string>>;
}

export interface ZoneChange {
  /** Without `/change/`. */
  readonly id: string;
  readonly submittedAt: Date;
  readonly comment: string | undefined;
  status: ChangeStatus;
}

/** Everything Route 53 holds in this account. */
export interface Route53State {
  readonly zones: Map<string, HostedZone>;
  readonly changes: Map<string, ZoneChange>;
  /** Called after name servers learned something new. */
  readonly publicationWatchers: Set<() => void>;
}

export function createRoute53State(): Route53State {
  return { zones: new Map(), changes: new Map(), publicationWatchers: new Set() };
}
