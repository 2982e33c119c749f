export interface Endpoint {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Names or ARNs of one kind of thing, as the service itself lists those that stand. */
type Names = readonly (string | undefined)[] | undefined;

/** Listings by what they list. */
export type Listings = Readonly<Record<string, () => Promise<Names>>>;
