import { sign, verify } from 'node:crypto';

/** What was done with one column, or why it was left as it is. */
export interface CoveredColumn {
  readonly table: string;
  readonly column: string;
  /** `fake family-name`, `keep`. */
  readonly mask: string;
  /** Of a kept one. */
  readonly reason: string | null;
}

/** What one detector found in one column of the result. */
export interface ScanFinding {
  readonly table: string;
  /** Or what of the table, or else, in parentheses: `(view)`, `(comment of the table)`. */
  readonly column: string;
  readonly detector: string;
  /** Rows, as far as they were looked at. */
  readonly rows: number;
  /** Why it is none, where somebody said so. */
  readonly allowed: string | null;
}

/** A masked column whose values were not compared with the original's. */
export interface UncomparedColumn {
  readonly table: string;
  readonly column: string;
  readonly reason: string;
}

/** A masked column whose mask has cases, and how many values, of rows that were not deleted, each of them is for. */
export interface CountedCases {
  readonly table: string;
  readonly column: string;
  /** The last, without a condition, is for what met none. */
  readonly cases: readonly { readonly when: string | null; readonly mask: string; readonly values: number }[];
}

export interface TableCount {
  readonly table: string;
  readonly before: number;
  readonly after: number;
}

/** A database of the server beside the one that was masked. */
export interface OtherDatabase {
  readonly name: string;
  /** Why it may stay as it is; null where nobody said so. */
  readonly reason: string | null;
}

/** How much of one table the scan saw: what it says holds for that. */
export interface TableScan {
  readonly table: string;
  /** Rows of the result that were looked at, of so many. */
  readonly rows: number;
  readonly of: number;
  /** Values of those that were too long to be looked at to their end. */
  readonly cut: number;
  /** Rows of the original that names were marked of, to be found again anywhere in the result. */
  readonly marked: number;
}

/** Proof of what a source holds and what was done with it. Nobody's value stands in it. */
export interface Passport {
  readonly version: 1;
  /** The snapshot or database that the data came from. */
  readonly source: string;
  /** When that was taken, RFC 3339; null where nobody knows. */
  readonly takenAt: string | null;
  readonly database: string;
  /** Null where the user that masked may not see all of them. */
  readonly otherDatabases: readonly OtherDatabase[] | null;
  /** SHA-256 of the rule set, as parsed. */
  readonly ruleSet: string;
  /** SHA-256 of names and types of all columns. */
  readonly schema: string;
  readonly columns: readonly CoveredColumn[];
  readonly counts: readonly TableCount[];
  /** Absent in passports that were made before anybody counted. */
  readonly cases?: readonly CountedCases[];
  readonly scan: {
    readonly detectors: readonly string[];
    readonly columns: number;
    readonly rows: number;
    readonly findings: readonly ScanFinding[];
    /** What only the other detectors looked at. Absent in passports that were made before anybody wrote it down. */
    readonly uncompared?: readonly UncomparedColumn[];
    /** Not in passports that were made before it was told. */
    readonly tables?: readonly TableScan[];
  };
  /** What was asked besides, and whether the answer was right: `foreign key fk_licence_organisation`. */
  readonly checks: readonly { readonly name: string; readonly passed: boolean; readonly detail: string }[];
  /** RFC 3339, both. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Of Mayfly. */
  readonly madeBy: string;
}

/** A passport as it is stored: the text that was signed, byte for byte, and its Ed25519 signature in base64. */
export interface SignedPassport {
  readonly text: string;
  readonly signature: string;
}

/** Why a source's passport does not let anybody clone it; undefined when it does. */
export function passportProblem(passport: Passport): string | undefined {
  const leak = passport.scan.findings.find(({ allowed }) => allowed === null);
  if (leak) {
    const [, part] = /^\((.*)\)$/.exec(leak.column) ?? [];
    return part === undefined
      ? `${leak.table}.${leak.column} holds what looks like ${leak.detector} in ${leak.rows} rows`
      : `${leak.table} (${part}) holds what looks like ${leak.detector}`;
  }
  const failed = passport.checks.find(({ passed }) => !passed);
  return failed && `${failed.name}: ${failed.detail}`;
}

/** Why no clone may be made of the whole server, which is more than the database that was masked; undefined when it may. */
export function serverProblem({ otherDatabases }: Pick<Passport, 'otherDatabases'>): string | undefined {
  // A passport of an earlier Mayfly says nothing of them.
  if (!Array.isArray(otherDatabases)) {
    return 'its passport does not say which other databases are on its server: the user that masks needs SHOW DATABASES on *.*';
  }
  const unkept = (otherDatabases as readonly OtherDatabase[]).filter(({ reason }) => reason === null);
  return unkept.length === 0
    ? undefined
    : `on its server are also ${unkept.map(({ name }) => name).join(', ')}, unmasked: drop them, or keep them in the rules with a reason (otherDatabases)`;
}

/** `privateKey`: PEM of an Ed25519 key. */
export function signPassport(passport: Passport, privateKey: string): SignedPassport {
  const text = JSON.stringify(passport);
  return { text, signature: sign(null, Buffer.from(text), privateKey).toString('base64') };
}

/** The passport, when the signature is that of `publicKey` (PEM, Ed25519); undefined when it is anybody else's. */
export function readPassport({ text, signature }: SignedPassport, publicKey: string): Passport | undefined {
  const isGenuine = verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'));
  return isGenuine ? (JSON.parse(text) as Passport) : undefined;
}
