/** The intent changed after this pass began: nothing more is created or deleted, the pass ends, and another begins from the top. */
export class SupersededError extends Error {
  override readonly name = 'SupersededError';

  constructor() {
    super('the intent changed during the pass');
  }
}
