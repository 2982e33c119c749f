import type { GetRandomPasswordRequest, GetRandomPasswordResponse } from '@aws-sdk/client-secrets-manager';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';

const LOWERCASE = 'abcdefghijklmnopqrstuvwxyz';
/** ExcludePunctuation, in the reference of GetRandomPassword. */
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const DEFAULT_LENGTH = 32;
const MAX_LENGTH = 4096;

/** Of every type that is not excluded there is one character at least, unless told otherwise (GetRandomPassword, API reference). */
function getRandomPassword(world: World, input: GetRandomPasswordRequest): GetRandomPasswordResponse {
  const length = input.PasswordLength ?? DEFAULT_LENGTH;
  const types = typesOf(input);
  if (length < 1 || length > MAX_LENGTH) {
    throw new Refusal('InvalidParameterException', `Password length must be between 1 and ${MAX_LENGTH}.`);
  }
  if (types.length === 0 || (input.RequireEachIncludedType !== false && length < types.length)) {
    throw new Refusal('InvalidRequestException', 'The password cannot be made of the characters that are left.');
  }
  const pick = (characters: string): string =>
    characters.charAt(Number.parseInt(world.uniqueHex(8), 16) % characters.length);
  const required = input.RequireEachIncludedType === false ? [] : types.map(pick);
  const others = Array.from({ length: length - required.length }, () => pick(types.join('')));
  return { RandomPassword: [...required, ...others].join('') };
}

function typesOf(input: GetRandomPasswordRequest): string[] {
  const included = [
    input.ExcludeLowercase ? '' : LOWERCASE,
    input.ExcludeUppercase ? '' : LOWERCASE.toUpperCase(),
    input.ExcludeNumbers ? '' : '0123456789',
    input.ExcludePunctuation ? '' : PUNCTUATION,
    input.IncludeSpace ? ' ' : '',
  ];
  const excluded = input.ExcludeCharacters ?? '';
  return included
    .map((characters) =>
      Array.from(characters)
        .filter((character) => !excluded.includes(character))
        .join(''),
    )
    .filter((characters) => characters !== '');
}

export function randomPasswordHandlers(world: World): Record<string, Handler> {
  return { GetRandomPassword: (input: GetRandomPasswordRequest) => getRandomPassword(world, input) };
}
