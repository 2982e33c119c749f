import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TerminalError, TransientError } from '../../src/domain/failure.ts';
import type { ResourceKind } from '../../src/domain/resource.ts';
import { classifyGitHubError } from '../../src/github/errors.ts';
import { guarded } from '../../src/github/handlers/event.ts';
import { renderComment } from '../../src/github/report/comment.ts';
import { createProvisioners } from '../../src/provision/aws/provisioners.ts';
import type { Desired, Provisioner } from '../../src/reconcile/provisioner.ts';
import { quietError } from '../../src/telemetry/quiet-log.ts';
import { createRedactor, REDACTED } from '../../src/telemetry/redaction.ts';
import { SPECIMENS, type Specimen } from '../contract/specimens.ts';
import { createScene, SEED } from '../contract/stage.ts';
import { report } from '../github/report/report-fixture.ts';
import { stringsIn } from '../support/strings-in.ts';
import type { Sent } from './interfered-clients.ts';
import { useInterferedCloud } from './interfered-cloud.ts';

const local = useInterferedCloud();

/** Where somebody reads what an error says: the log, the check run and the comment. */
function toldOf(error: unknown): string {
  const { message, details = [] } = error as Error & { details?: readonly string[] };
  const failure = { subject: 'x', reason: 'x', actor: 'operator', retriesAt: null } as const;
  const comment = renderComment(report({ phase: 'failing', failures: [{ ...failure, message, details }] }));
  return [message, ...details, JSON.stringify(quietError(error)), comment].join('\n');
}

/** Values that were copied, and the passwords that were made up on the way. */
function secretsIn(sent: readonly Sent[]): string[] {
  const seeded = [...SEED.secrets.flatMap(({ members }) => Object.values(members)), 't-source'];
  const made = sent.flatMap(({ input }) => {
    const { MasterUserPassword, SecretString } = input as { MasterUserPassword?: string; SecretString?: string };
    const password =
      SecretString === undefined ? undefined : (JSON.parse(SecretString) as { password?: string }).password;
    return [MasterUserPassword, password].filter((value) => value !== undefined);
  });
  return [...new Set([...seeded, ...made])];
}

/** Takes every step until it is ready, each operation refused once by an AWS that repeats the request. */
async function bringUpRefused(
  provisioner: Provisioner<ResourceKind>,
  desired: Desired<ResourceKind>,
): Promise<string[]> {
  const told: string[] = [];
  const refused = new Set<string>();
  local.interfered.before = ({ operation, input }) => {
    if (!refused.has(operation)) {
      refused.add(operation);
      const message = `1 validation error detected: ${JSON.stringify(input)}`;
      throw Object.assign(new Error(message), { name: 'ValidationException', $metadata: { httpStatusCode: 400 } });
    }
  };
  for (let steps = 0; steps < 100; steps += 1) {
    try {
      const seen = await provisioner.observe(desired);
      const isDue = seen.state === 'absent' || seen.state === 'drifted';
      const reached = isDue ? await provisioner.ensure(desired, seen) : seen;
      told.push(JSON.stringify(reached));
      if (reached.state === 'ready') {
        local.interfered.before = () => undefined;
        return told;
      }
    } catch (error) {
      told.push(toldOf(error));
    }
    local.cloud.clock.advance(31);
  }
  throw new Error(`it does not become ready: ${told.at(-1)}`);
}

const ALNUM = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const word = fc.string({ unit: fc.constantFrom(...ALNUM.split('')), minLength: 24, maxLength: 36 });
const tokens = fc.oneof(
  word.map((tail) => `ghs_${tail}`),
  word.map((tail) => `github_pat_${tail}`),
  word.map((tail) => `Bearer ${tail}`),
  word.map((tail) => `ASIA${tail.toUpperCase().slice(0, 16)}`),
);

describe('No secret reaches a log line, a comment, a tag or an error message.', () => {
  const kinds = ['secret', 'parameters', 'database-credentials', 'database-user'] as const;

  it.each(kinds)(
    'of those that go through a %s, whichever call AWS refuses and quotes',
    async (kind) => {
      const specimen = SPECIMENS[kind] as unknown as Specimen<ResourceKind>;
      const scene = createScene(local.cloud);
      const desired = await specimen.desire(scene);
      const provisioners = createProvisioners({ ...scene, clients: local.interfered.clients });
      const provisioner = provisioners[kind] as unknown as Provisioner<ResourceKind>;
      local.interfered.sent.length = 0;
      const told = await bringUpRefused(provisioner, desired);
      await specimen.drift?.(scene, desired, {} as never);
      told.push(...(await bringUpRefused(provisioner, desired)));

      const secrets = secretsIn(local.interfered.sent);
      const tags = local.interfered.sent.flatMap(({ input }) =>
        JSON.stringify((input as { Tags?: unknown }).Tags ?? []),
      );
      const isSecret = (text: string) => secrets.some((secret) => text.includes(secret));
      expect(local.interfered.sent.some(({ input }) => stringsIn(input).some(({ text }) => isSecret(text)))).toBe(true);
      expect([...told, ...tags].filter(isSecret)).toEqual([]);
    },
    60_000,
  );

  it('of those that this process was started with, however it is written', () => {
    const secret = fc.string({ minLength: 8 }).filter((text) => text.trim() === text && !REDACTED.includes(text));
    const forms: readonly ((text: string) => string)[] = [
      (text) => text,
      (text) => JSON.stringify({ text }).slice(9, -2),
      encodeURIComponent,
      // Whole groups of it: what the last one is depends on what stands behind.
      (text) =>
        Buffer.from(text)
          .toString('base64')
          .slice(0, 4 * Math.floor(Buffer.from(text).length / 3)),
    ];
    fc.assert(
      fc.property(secret, fc.constantFrom(...forms), fc.string(), (value, write, around) => {
        const written = write(value);
        fc.pre(!around.includes(written));
        expect(createRedactor([value])(`${around} ${written} ${around}`)).not.toContain(written);
      }),
    );
  });

  it('of those that hang on an error, or stand in it', () => {
    fc.assert(
      fc.property(tokens, fc.string({ maxLength: 20 }), (token, words) => {
        const cause = new Error(`${words} ${token}`);
        const hung = { request: { headers: { authorization: token } }, event: { payload: token, signature: token } };
        const errors = [
          Object.assign(new Error(`${words} ${token}`, { cause }), hung),
          new AggregateError([cause], token),
          new SyntaxError(`Unexpected token in ${token}`),
          token,
        ];
        const bare = token.replace('Bearer ', '');
        expect(errors.map((error) => JSON.stringify(quietError(error))).filter((line) => line.includes(bare))).toEqual(
          [],
        );
      }),
    );
  });

  it('of those that an adapter met: what it does not tell, its cause does not tell either', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.boolean(), (secret, passes) => {
        const cause = Object.assign(new Error(`422: {"password":"${secret}"}`), { code: secret, body: secret });
        const error = passes
          ? new TransientError('Unavailable', 'AWS did not answer.', { cause })
          : new TerminalError('Rejected', 'AWS rejected it.', { actor: 'operator', cause });
        expect(JSON.stringify(quietError(error))).not.toContain(secret);
      }),
    );
  });

  it('of those that GitHub repeats, whatever it answers', async () => {
    const answers = fc.record({ status: fc.integer({ min: 400, max: 599 }), secret: fc.uuid() });
    await fc.assert(
      fc.asyncProperty(answers, async ({ status, secret }) => {
        const answer = Object.assign(new Error(`the token ${secret} is bad`), { status, response: { headers: {} } });
        const classified = classifyGitHubError(answer, 'writing the comment');
        expect(toldOf(classified)).not.toContain(secret);
        const answered = await guarded(async () => await Promise.reject(answer))({}).catch(
          (error: Error) => error.message,
        );
        expect(answered).not.toContain(secret);
      }),
    );
  });
});
