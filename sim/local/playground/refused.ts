/** What cannot be done, in words for the person who asked: a bad value, what is not there, what is in no state for it. */
export class Refused extends Error {
  readonly status: 400 | 404 | 409;

  constructor(status: 400 | 404 | 409, message: string) {
    super(message);
    this.status = status;
  }
}
