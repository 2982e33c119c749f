import { describe, expect, it } from '@jest/globals';
import { isSafe } from '../../src/data/safe-values.ts';

describe('isSafe', () => {
  it.each([
    ['email', 'a.b@example.com', true],
    ['email', 'a.b@mail.example.org', true],
    ['email', 'a.b@example.com.evil.io', false],
    ['email', 'a.b@notexample.com', false],
    ['phone', '07700900123', true],
    ['phone', '+44 (0)20 7946 0123', true],
    ['phone', '01632 960999', true],
    ['phone', '028 9649 6001', true],
    ['phone', '07700 901123', false],
    ['phone', '020 7946 1123', false],
    ['postcode', 'ZZ99 3VZ', true],
    ['postcode', 'SW1A 1AA', false],
    ['vrm', 'ZA12ABC', true],
    ['vrm', 'LA12ABC', false],
    ['licence-number', 'ZB1234567', true],
    ['licence-number', 'OB1234567', false],
    ['login', 'fake0123456789abcdef', true],
    ['login', 'fakery', false],
    ['name', 'Aled  Ashwick', true],
    ['name', 'aled ashwick', true],
    ['name', 'Aled Jones', false],
    ['name', '', false],
    ['town', 'Alderwold', true],
    ['town', 'Swansea', false],
    ['company', 'Exby Co', true],
    ['address-line', '6 Yew Terrace', true],
    ['card', '4111111111111111', false],
  ])('tells of %s %j: %j', (detector, value, expected) => {
    expect(isSafe(detector, value)).toBe(expected);
  });
});
