import { type Passport, passportProblem, readPassport, type SignedPassport, serverProblem } from './passport.ts';

const SHA_256 = /^[0-9a-f]{64}$/;

/**
 * Why a source may not be cloned, as the rest of a sentence that begins with the source; undefined when it may. The
 * passport has to be signed with the platform's key, be of this very cluster, say what was done by which rules to which
 * schema, and tell of nothing that was found, and of no other database on the cluster that nobody ruled on.
 */
export function proofProblem(source: string, signed: SignedPassport | null, publicKey: string): string | undefined {
  if (!signed) {
    return 'has no passport';
  }
  const passport = genuine(signed, publicKey);
  if (!passport) {
    return 'has a passport that is not signed with the key of the platform';
  }
  if (passport.version !== 1) {
    return `has a passport of version ${String(passport.version)}, which this Mayfly does not know`;
  }
  if (passport.source !== source) {
    return 'has the passport of another source';
  }
  if (!SHA_256.test(passport.ruleSet) || !SHA_256.test(passport.schema)) {
    return 'has a passport that does not say by which rules and of which schema';
  }
  if (passport.columns.length === 0) {
    return `has a passport of no column: the database ${passport.database} was empty`;
  }
  const problem = passportProblem(passport) ?? serverProblem(passport);
  return problem && `is not proven: ${problem}`;
}

/** A signature that is none, or a text that is no passport, is as good as a false one. */
function genuine(signed: SignedPassport, publicKey: string): Passport | undefined {
  try {
    return readPassport(signed, publicKey);
  } catch {
    return undefined;
  }
}
