import { Refusal } from '../wire/refusal.ts';

/** Major version -> the minor one that an instance gets when nobody asks for one; AWS moves it every few months. */
const DEFAULT_MINORS: Readonly<Record<string, string>> = { 13: '20', 14: '17', 15: '12', 16: '8', 17: '4' };
const DEFAULT_MAJOR = '17';

/** `17.4` for `17.4`, `17` and nothing. Throws InvalidParameterCombination for what RDS for PostgreSQL has not. */
export function postgresVersion(asked: string = DEFAULT_MAJOR): string {
  const [, major = '', minor] = /^(\d+)(?:\.(\d+))?$/.exec(asked) ?? [];
  const fallback = DEFAULT_MINORS[major];
  if (fallback === undefined) {
    throw new Refusal('InvalidParameterCombination', `Cannot find version ${asked} for postgres`);
  }
  return `${major}.${minor ?? fallback}`;
}

export function postgresFamily(version: string): string {
  return `postgres${version.split('.')[0]}`;
}

export const isPostgresFamily = (family: string): boolean =>
  Object.keys(DEFAULT_MINORS).some((major) => family === `postgres${major}`);
