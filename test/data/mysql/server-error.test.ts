import { expect, it } from '@jest/globals';
import { serverError } from '../../../src/data/mysql/server-error.ts';
import { TransientError } from '../../../src/domain/failure.ts';

it.each(['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'ECONNREFUSED', 'ETIMEDOUT'])(
  'a machine or a network that is not there, as %s says, is waited for',
  (code) => {
    const error = serverError(Object.assign(new Error(`connect ${code} 10.0.0.1:3306`), { code, errno: -113 }));
    expect(error).toBeInstanceOf(TransientError);
    expect(error.message).toBe('the connection to the server is lost');
  },
);
