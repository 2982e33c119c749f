/** What is made of the platform for every source. */
export interface SourceMaking {
  readonly platform: string;
  readonly subnetGroup: string;
  readonly securityGroupIds: readonly string[];
  readonly parameterGroup: string | undefined;
  readonly instanceClass: string;
  /** Used with `db.serverless` alone. */
  readonly capacity: { readonly min: number; readonly max: number };
  /** Holds a member `password`. */
  readonly passwordSecret: string;
}
