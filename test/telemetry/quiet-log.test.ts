import { describe, expect, it } from '@jest/globals';
import { TerminalError } from '../../src/domain/failure.ts';
import { quietError } from '../../src/telemetry/quiet-log.ts';

describe('an error in the log', () => {
  it('leaves out the event, the request and the answer that hang on it', () => {
    const error = Object.assign(new Error('no'), {
      status: 500,
      event: { id: 'guid-1', name: 'push', payload: { secret: 'hush' }, signature: 'sha256=abc' },
      request: { headers: { authorization: 'token hush' }, body: 'hush' },
      response: { data: 'hush' },
    });
    const logged = quietError(error);
    expect(logged).toMatchObject({ type: 'Error', message: 'no', status: 500, delivery: 'guid-1', event: 'push' });
    expect(JSON.stringify(logged)).not.toMatch(/hush|sha256/);
  });

  it.each([
    // secretlint-disable-next-line @secretlint/secretlint-rule-github -- made up
    'ghs_16C7e42F292c6912E7710c838347Ae178B4a',
    'github_pat_11ABCDEFG0_abcdefghijk',
    'Bearer abcdefghijklmnopqrstuvwxyz',
    'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----',
  ])('never shows a credential such as %s', (secret) => {
    const logged = JSON.stringify(
      quietError(new Error(`calling with ${secret} was refused`, { cause: new Error(secret) })),
    );
    expect(logged).not.toContain(secret.split('\n')[1] ?? secret);
    expect(logged).not.toContain(secret);
    expect(logged).toContain('[redacted]');
  });

  it('says what caused it', () => {
    const error = new AggregateError([new Error('outer', { cause: new TypeError('inner') })], 'all');
    expect(quietError(error).causes?.[0]?.causes?.[0]).toMatchObject({ type: 'TypeError', message: 'inner' });
  });

  it('repeats nothing of what a classified error was caused by: the adapter has told what may be told', () => {
    const cause = Object.assign(new Error('422: {"password":"hush"}'), { status: 422, code: 'E_HUSH_NOT' });
    const logged = quietError(new TerminalError('Rejected', 'AWS rejected it.', { actor: 'operator', cause }));
    expect(logged).toMatchObject({
      reason: 'Rejected',
      message: 'AWS rejected it.',
      causes: [{ type: 'Error', status: 422, code: 'E_HUSH_NOT' }],
    });
    expect(JSON.stringify(logged)).not.toContain('hush');
  });

  it('does not repeat what could not be parsed', () => {
    const caught = (() => {
      try {
        return JSON.parse('hush, this is no JSON') as unknown;
      } catch (error) {
        return error;
      }
    })();
    expect((caught as Error).message).toContain('hush');
    expect(quietError(caught)).toMatchObject({ type: 'SyntaxError', message: 'a text could not be parsed' });
    expect(JSON.stringify(quietError(caught))).not.toContain('hush');
  });

  it('shows where an error was made, without its text a second time', () => {
    const { stack } = quietError(new Error('line one\n    at the words of the message'));
    expect(stack).toContain('quiet-log.test.ts');
    expect(stack).not.toMatch(/line one|words of the message/);
  });

  it('shows what another realm threw by its shape', () => {
    expect(quietError({ name: 'Error', message: 'no', code: 'ECONNRESET' })).toMatchObject({
      message: 'no',
      code: 'ECONNRESET',
    });
    expect(quietError('hush')).toEqual({ type: 'string', message: 'something was thrown that is no error' });
  });
});
