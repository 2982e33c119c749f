/** Something that a person has to change first. Nothing was made, changed or removed. The message is one sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Terraform ended with an error, which it has told itself. What it has made by then stands in the state. */
export class TerraformFailed extends Error {
  override readonly name = 'TerraformFailed';
  /** What it told on stderr. */
  readonly told: string;

  constructor(message: string, { told = '', ...options }: ErrorOptions & { readonly told?: string } = {}) {
    super(message, options);
    this.told = told;
  }
}

/** Somebody ended the program, and Terraform stopped in good order. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
