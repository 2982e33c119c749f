/**
 * An error that the service answers with. `code` is a shape name of the service's own model where it has one
 * (`DBInstanceNotFoundFault`; the wire code and status are then the model's), or an un-modelled wire code that the
 * service is known to send (`InvalidParameterCombination`, status 400).
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  /** Only where the model gives none. */
  readonly status: number;
  /** Further members of the error's shape. */
  readonly members: Readonly<Record<string, string>>;

  constructor(
    code: string,
    message: string,
    { status = 400, members = {} }: { status?: number; members?: Record<string, string> } = {},
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
