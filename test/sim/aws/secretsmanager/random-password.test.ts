import {
  GetRandomPasswordCommand,
  type GetRandomPasswordRequest,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from '@jest/globals';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

async function passwords(input: GetRandomPasswordRequest, count = 1): Promise<string[]> {
  const { client } = await startSteppedAws({ rateLimits: false });
  const secrets = new SecretsManagerClient(client);
  const made: string[] = [];
  for (let index = 0; index < count; index += 1) {
    made.push((await secrets.send(new GetRandomPasswordCommand(input))).RandomPassword ?? '');
  }
  return made;
}

describe('a random password', () => {
  it('has 32 characters, of every type one at least, and is never the same', async () => {
    const made = await passwords({}, 5);
    expect(new Set(made).size).toBe(5);
    for (const password of made) {
      expect(password).toHaveLength(32);
      expect([/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].every((type) => type.test(password))).toBe(true);
    }
  });

  it('leaves out what it is told to', async () => {
    const [password] = await passwords({
      PasswordLength: 200,
      ExcludePunctuation: true,
      ExcludeUppercase: true,
      ExcludeCharacters: 'abc0',
    });
    expect(password).toMatch(/^[d-z1-9]{200}$/);
  });

  it('is refused where no character is left, or none for each type', async () => {
    await expect(passwords({ PasswordLength: 3 })).rejects.toThrow('characters that are left');
    await expect(passwords({ PasswordLength: 3, RequireEachIncludedType: false })).resolves.toHaveLength(1);
  });

  it('is at most 4096 characters long', async () => {
    await expect(passwords({ PasswordLength: 5000 })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});
