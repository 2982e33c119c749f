import type { FakeKind } from '../rules/rule-set.ts';
import { COMPANIES } from './dictionaries/companies.ts';
import { FAMILY_NAMES } from './dictionaries/family-names.ts';
import { GIVEN_NAMES } from './dictionaries/given-names.ts';
import { ADDRESS_LINES, TOWNS } from './dictionaries/places.ts';
import { DISTINCT_DIGITS, digestSql, lengthSql } from './digest.ts';
import type { Fake } from './fakes/fake-sql.ts';
import { fromList } from './fakes/from-list.ts';
import { fullName } from './fakes/full-name.ts';
import { licenceNumber } from './fakes/licence-number.ts';
import { vrm } from './fakes/number-plate.ts';
import { phone } from './fakes/phone.ts';
import { postcode } from './fakes/postcode.ts';
import { withDigits } from './fakes/with-digits.ts';
import { type Drafted, problem, type Target, unlessEmpty } from './target.ts';

const FAKES: Readonly<Record<FakeKind, (room: number) => Fake>> = {
  'given-name': (room) => fromList(GIVEN_NAMES, room),
  'family-name': (room) => fromList(FAMILY_NAMES, room),
  'full-name': fullName,
  company: (room) => fromList(COMPANIES, room),
  town: (room) => fromList(TOWNS, room),
  'address-line': (room) => fromList(ADDRESS_LINES, room),
  email: (room) => withDigits({ before: 'u', after: '@example.com', fewest: 5, room }),
  login: (room) => withDigits({ before: 'fake', after: '', fewest: 4, room }),
  phone,
  postcode,
  vrm,
  'licence-number': licenceNumber,
};

/** Something of its kind that is nobody's, the same for equal values of one domain; all of them pass `isSafe`. */
export function draftFake(target: Target, of: FakeKind): Drafted {
  const { kind, maxLength } = target.column;
  if (kind !== 'text') {
    return problem(target, `a fake ${of} is text; use digits, hash, constant or null`);
  }
  const fake = FAKES[of](maxLength ?? Number.POSITIVE_INFINITY);
  if (typeof fake === 'string') {
    return problem(target, `a fake ${of} does not fit: ${fake}; use hash, digits, constant or null`);
  }
  return {
    sql(attempt) {
      const digest = digestSql(target, attempt);
      const first = fake.sql(digest, lengthSql(target));
      const isWide = attempt !== undefined && fake.wide !== undefined;
      return unlessEmpty(target, isWide ? `IF(${attempt}=0,${first},${fake.wide?.(digest)})` : first);
    },
    isInjective: (fake.digits ?? 0) >= DISTINCT_DIGITS,
    hasAttempts: true,
    distinctWithin: fake.longest,
    mostValues: fake.most,
  };
}
