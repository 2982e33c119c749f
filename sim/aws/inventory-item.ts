/** One thing that exists in the account, as the `/_sim` page lists it. */
export interface InventoryItem {
  /** The signing name of its service: `rds`, `elasticloadbalancing`. */
  readonly service: string;
  readonly kind: string;
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly detail?: Readonly<Record<string, string>>;
}
