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

it.each([
  [1044, "Access denied for user 'a'@'127.0.0.1' to database 'shop'", "database 'shop'"],
  [1142, "DROP command denied to user 'a'@'127.0.0.1' for table `shop`.`person`", 'DROP on `shop`.`person`'],
  [1143, "SELECT command denied to user 'a'@'h' for column 'ni' in table 'person'", "SELECT on 'ni' in table 'person'"],
  [1227, 'Access denied; you need (at least one of) the SUPER privilege(s) for this operation', 'SUPER'],
  [1370, "execute command denied to user 'a'@'h' for routine 'shop.f'", "execute on 'shop.f'"],
])('a privilege that is missing (%i) is named, and where', (errno, sqlMessage, named) => {
  expect(serverError({ errno, code: 'ER_DENIED', sqlMessage, message: '' })).toMatchObject({
    reason: 'AccessDenied',
    message: `the server refuses this user for lack of a privilege: look at its grants (${named})`,
  });
});
