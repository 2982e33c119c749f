import { UsageError } from './exit-code.ts';

/** As GitHub writes logins and systems the names of users; the longest of either is 39. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,63}$/u;
/** Who asks when nobody does. */
const RESERVED = 'schedule';

/** Whom a request is from: who is named, else the user of the process, who may have no name, as in a container. */
export function askerOf(given: string | undefined, userName: () => string | undefined): string {
  const name = given ?? userName();
  if (name === undefined) {
    throw new UsageError(['--as is missing: the user of this process has no name, so say who asks']);
  }
  if (!NAME.test(name) || name === RESERVED) {
    throw new UsageError([
      `${given === undefined ? 'the name of the user of this process' : '--as'} is no name of a person: give --as NAME`,
    ]);
  }
  return name;
}
