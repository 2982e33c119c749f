/** What a code of the manifest flow is exchanged for, once. */
export interface ManifestCode {
  readonly expiresAt: Date;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly webhookSecret: string;
  /** PKCS #1, as GitHub gives it. */
  readonly privateKeyPem: string;
}
