import { describe, expect, it } from '@jest/globals';
import { DETECTORS, detect, detectInNumber } from '../../../src/data/detect/detect.ts';

const none = () => false;

/** Made up, all of them. */
const TRUE_ONES: Record<string, readonly string[]> = {
  email: ['ann.other@haulage-firm.co.uk', 'write to <ann@firm.wales>.', "o'neill+x@sub.firm.ie", 'siân@cwmni.cymru'],
  'phone number': [
    '07912345678',
    '07912 345 678',
    '+44 7912 345678',
    '+44 (0)7912 345678',
    '00447912345678',
    '(029) 2087 1234',
    '0113 234 5678',
    'ring 01792 345678 before noon',
    'ring 01792-345678.',
    '+353 1 234 5678',
    '0800 123 4567',
    'ring tel:07911123456',
    'M: 7911 123456',
    'M: 7911123456',
    'mobile 7911123456 or call 7911123457',
    '7911123456',
    '447911123456',
    '+33 1 23 45 67 89',
    '+33123456789',
    '+48 601 234 567',
    'call +1 (202) 555-8143 or +49-151-23456789',
    '+33.1.23.45.67.89',
  ],
  postcode: [
    'CF10 3NQ',
    'SW1A 1AB',
    'LS1 4DY',
    'cf10 3nq',
    'CF103NQ',
    'at 1 High Street, Swansea SA1 2AB, Wales',
    'BT1 5GS',
    'home cf10 1ep',
    'sent to sw1a 1ab, london',
  ],
  'National Insurance number': [
    'AB123456C',
    'AB 12 34 56 C',
    'nino: PX654321A.',
    'ab 123456 c',
    'her ni is ab 123456 c',
  ],
  'driving licence number': ['MORGA657054SM9IJ', 'JONES 710238 AB9CD', 'her licence WU999512157J99AB'],
  passport: ['P<GBROTHER<<ANN<MARY<<<<<<<<<<<<<<<<<<<<<<<<'],
  'date of birth': [
    'DOB: 03/04/1971',
    'born on 3 April 1971',
    'Date of birth 1971-04-03',
    'dyddiad geni: 3 Ebrill 1971',
  ],
  'payment card': ['4929123456781236', '5404 1234 5678 9016', '3782 822463 10005'],
  IBAN: [
    'GB82 WEST 1234 5698 7654 32',
    'pay GB82WEST12345698765432 now',
    'IE29AIBK93115212345678',
    'gb82 west 1234 5698 7654 32',
  ],
  'bank account': [
    '20-11-26 12345678',
    '20-11-26, a/c no. 12345678',
    '601613 31926819',
    'sort code and account: 601613 31926819',
  ],
  'number plate': ['AB12 CDE', 'AB12CDE', 'ab12cde', 'the van P123 ABC was', 'ABC 123D', 'BIG 4321', 'BAZ 4321'],
  'IP address': ['81.23.145.77', 'ip 2a00:23c5:1::1', '2a02:c7f:8e21:4500:91d0:7fe3:12ab:9c01'],
  'NHS number': ['NHS 943 476 5919', 'nhs no: 9434765919'],
};

const FALSE_FRIENDS: readonly string[] = [
  '550e8400-e29b-41d4-a716-446655440000',
  '00712345-6789-4123-8123-071234567890',
  'd41d8cd98f00b204e9800998ecf8427e',
  '07123456789a',
  '#07912a',
  '#1a2b3c',
  'A1',
  'B12',
  'PB1234567',
  'PB1234567/12',
  'ORD-2026-000123',
  'order 1234567890123456',
  '0000123456',
  '00012345678',
  '2026-11-26',
  '2026-11-26T07:00:00.123Z',
  '2026-11-26 07:00:00.123456',
  '01.02.2026 12:30',
  '01/02/2026 12:30:45',
  '1764140400',
  '1764140400123',
  '1.2.3',
  'v10.11.12.13',
  '1.2.3.4',
  '2.14.0.3',
  '10.20.30.40',
  '192.0.2.17',
  'invoice_2026-11-26_07912345.pdf',
  'logo@2x.png',
  'mayfly@1.2.3',
  'git@github.com:org/repo.git',
  '@Entity()',
  'ISO 9001',
  'A4 PDF',
  'M25 car',
  'P45 form',
  'Section 12A',
  'COVID19',
  'utf8mb4_0900_ai_ci',
  'AAAAB3NzaC1yc2EAAAADAQABAAABgQC7',
  '0.1234567890',
  '-3.14159265358979',
  '12,345,678.90',
  '£1,234.50',
  '51.481583, -3.179090',
  'Trwydded gweithredwr cerbydau nwyddau 2026',
  'Ceadúnas oibreora 2026, iarratas 12',
  '🚛🚌 42',
  'lorem ipsum dolor sit amet 12 34',
  'TM123456',
  'OB1234567',
  'case 1234567 of 2026',
  'rgb(12, 34, 56)',
  '<p class="x1">text</p>',
  'P<0.05 and Q<0.1',
  'EN 590, Euro 6, 3.5t, 7.5t, 44t',
  'born in 1971',
  'OLCS-00000012-E101AB',
  '#E101AB',
  'a123bcd',
  'abc123d',
  'account 7911123456 of the ledger',
  'order 7911123456',
  'urn:uuid:07123456-6789-4123-8123-071234567890',
  'at 12:0791112345',
  '+12345678',
  '+0100',
  '+51.481583, -3.179090',
  '2026-11-26T07:00:00+0100',
  '+999999999999',
  'section b1 2nd floor, se1 3rd, cf10 4th',
  'ls10 8gb, cf10 5ft',
  'abc10 1ep',
  'meet me at 123456 a month ago',
  'sent by 123456 b',
  'as 123456 c',
  'be12345678901234',
  'de44 5001 0517 5407 3249 32',
  '202611 20261126 and more',
  'batch 202611 20261126',
  '943 476 5919',
  'nhs 943 476 5918',
  '12:30:45',
  'aa:bb:cc:dd:ee:ff',
  '2001:db8::1',
  '2026::1:',
  'fe80::1ff:fe23:4567:890a',
  'std::vector<int>::size 12345678',
];

describe('detecting what looks personal', () => {
  it('has an example of each detector', () => {
    expect(Object.keys(TRUE_ONES).toSorted()).toEqual(DETECTORS.map(({ name }) => name).toSorted());
  });

  const examples = Object.entries(TRUE_ONES).flatMap(([detector, texts]) =>
    texts.map((text) => [detector, text] as const),
  );
  it.each(examples)('finds a %s in %s', (detector, text) => {
    expect(detect(text, none)).toContain(detector);
  });

  it.each(FALSE_FRIENDS)('finds nothing in %s', (text) => {
    expect(detect(text, none)).toEqual([]);
  });

  it('leaves out what is known to be nobody’s', () => {
    expect(detect('ann@firm.wales or bob@firm.wales', (_, piece) => piece.startsWith('ann'))).toEqual(['email']);
    expect(detect('ann@firm.wales', () => true)).toEqual([]);
  });

  it('finds a mobile phone and a card in a number, and none in a time or an id', () => {
    expect(detectInNumber('7912345678', none)).toEqual(['phone number']);
    expect(detectInNumber('447912345678', none)).toEqual(['phone number']);
    expect(detectInNumber('4929123456781236', none)).toEqual(['payment card']);
    for (const number of ['1764140400', '1764140400123', '1764140400123456', '42', '29207912345']) {
      expect(detectInNumber(number, none)).toEqual([]);
    }
  });

  it('takes no longer for a text made to be slow', () => {
    const started = performance.now();
    for (const text of [
      'a'.repeat(60_000),
      '0'.repeat(60_000),
      'a.'.repeat(30_000),
      '01 '.repeat(20_000),
      'A1 '.repeat(20_000),
    ]) {
      detect(`${text}@`, none);
      detect(`1234567890123456 ${text}@${text}`, none);
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
