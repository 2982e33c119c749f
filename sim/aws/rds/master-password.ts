import { Refusal } from '../wire/refusal.ts';

const LEGAL = /^[!-~]+$/;
const BANNED = /[/@"' ]/;

/**
 * 8 to 41 printable ASCII characters (RDS for PostgreSQL takes 128) without `/`, `@`, `"`, `'` and space. Throws
 * InvalidParameterValue.
 */
export function checkMasterPassword(password: string, { longest = 41 }: { longest?: number } = {}): void {
  if (!LEGAL.test(password) || BANNED.test(password)) {
    throw new Refusal(
      'InvalidParameterValue',
      `The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '"', ' ' may be used.`,
    );
  }
  if (password.length < 8 || password.length > longest) {
    throw new Refusal(
      'InvalidParameterValue',
      `The parameter MasterUserPassword is not a valid password because it is shorter than 8 or longer than ${longest} characters.`,
    );
  }
}

/** Either the caller has a password, or RDS makes one. Throws InvalidParameterCombination. */
export function checkWhoKeepsPassword(input: {
  ManageMasterUserPassword?: boolean | undefined;
  MasterUserPassword?: string | undefined;
}): void {
  if (input.ManageMasterUserPassword && input.MasterUserPassword !== undefined) {
    throw new Refusal(
      'InvalidParameterCombination',
      'You can only specify one of the following parameters: MasterUserPassword, ManageMasterUserPassword.',
    );
  }
}
