import { createHash } from 'node:crypto';
import { addressOf, fullNameOf, personOf, phoneNumber, writing } from '../entities.ts';
import type { TableData } from '../table-data.ts';
import { HOSTILE, TOWNS } from '../words.ts';
import { codesOf } from './lists.ts';

export const PEOPLE: readonly TableData[] = [
  {
    table: 'person',
    size: 'big',
    row(id, draw, { seed }) {
      const { forename, familyName, birthDate, insuranceNumber } = personOf(seed, id);
      return {
        id,
        title: draw.oneIn(10) ? null : draw.pick(codesOf('title')),
        forename: forename?.slice(0, 35) ?? null,
        family_name: familyName?.slice(0, 35) ?? null,
        other_name: draw.pick([null, null, '', personOf(seed, id + 1).forename]),
        birth_date: birthDate,
        birth_place: draw.oneIn(3) ? null : draw.pick(TOWNS),
        ni_number: insuranceNumber,
        deleted_date: draw.oneIn(50) ? draw.moment(2016, 2025) : null,
        created_on: draw.moment(2008, 2025),
        last_modified_on: draw.oneIn(3) ? null : draw.moment(2016, 2025),
      };
    },
  },
  {
    table: 'address',
    size: 'big',
    row(id, draw, { seed }) {
      const { building, street, town, postcode, country } = addressOf(seed, id);
      return {
        id,
        saon_desc: draw.oneIn(8) ? `Flat ${1 + draw.below(40)}` : null,
        paon_desc: building,
        street,
        locality: draw.pick([null, null, null, '', draw.pick(TOWNS)]),
        town,
        postcode,
        country_code: country,
        uprn: draw.oneIn(2) ? null : 10_000_000_000 + draw.below(1_000_000_000),
        created_on: draw.moment(2008, 2025),
        last_modified_on: draw.oneIn(3) ? null : draw.moment(2016, 2025),
      };
    },
  },
  {
    table: 'contact_details',
    size: 'big',
    row(id, draw, world) {
      const person = personOf(world.seed, id);
      return {
        id,
        contact_type: draw.pick(codesOf('contact_type')),
        person_id: draw.oneIn(5) ? null : id,
        address_id: draw.oneIn(9) ? null : world.idIn('address', draw),
        fao: draw.oneIn(4) ? fullNameOf(person).slice(0, 90) : null,
        email_address: draw.oneIn(10) ? null : person.email,
        description: draw.oneIn(30) ? draw.pick(HOSTILE) : null,
        written_permission: draw.below(2),
        created_on: draw.moment(2008, 2025),
        last_modified_on: null,
      };
    },
    ofCopy: { person_id: (id) => id },
  },
  {
    table: 'phone_contact',
    size: 'big',
    row: (id, draw, world) => ({
      id,
      contact_details_id: world.idIn('contact_details', draw),
      phone_contact_type: draw.pick(codesOf('phone_contact')),
      phone_number: draw.pick([phoneNumber(draw), phoneNumber(draw), phoneNumber(draw), '', 'ask at the desk']),
      details: draw.oneIn(9) ? (personOf(world.seed, id).forename?.slice(0, 45) ?? null) : null,
    }),
  },
  {
    table: 'transport_manager',
    size: { share: 0.1, least: 60 },
    row: (id, draw, world) => ({
      id,
      tm_status: draw.pick(codesOf('tm_status')),
      home_cd_id: draw.oneIn(9) ? null : world.idIn('contact_details', draw),
      work_cd_id: draw.oneIn(2) ? null : world.idIn('contact_details', draw),
      merge_to_transport_manager_id: draw.oneIn(30) ? world.idIn('transport_manager', draw) : null,
      removal_reason: draw.oneIn(10) ? writing(draw, world.seed) : null,
      removed_date: null,
      sounds_like: draw.oneIn(3) ? null : `${draw.text('ABCDEFGHKLMNRST', 1)}${draw.text('0123456', 3)}`,
    }),
  },
  {
    table: 'tm_qualification',
    size: { share: 0.05, least: 40 },
    row: (id, draw, world) => ({
      id,
      transport_manager_id: world.idIn('transport_manager', draw),
      qualification_type: draw.pick(['CPCSI', 'CPCSN', 'AR', 'NIAR']),
      serial_no: draw.oneIn(6) ? null : `ROC ${100_000 + id}`,
      issued_date: draw.day(1990, 2024),
      country_code: draw.pick(['GB', 'GB', 'IE', 'PL']),
    }),
  },
  {
    table: 'user',
    size: { share: 0.1, least: 60 },
    row(id, draw, world) {
      const [login = '', domain = ''] = personOf(world.seed, id).email.split('@');
      return {
        id,
        login_id: `${login.slice(0, 30)}-${id}`,
        pid: draw.oneIn(20) ? null : uuidOf(world.seed, id),
        email_address: draw.oneIn(8) ? null : `${login}.${id}@${domain}`,
        team_id: draw.oneIn(3) ? 1 + draw.below(world.count('team')) : null,
        contact_details_id: draw.oneIn(9) ? null : world.idIn('contact_details', draw),
        transport_manager_id: draw.oneIn(6) ? world.idIn('transport_manager', draw) : null,
        password_hash: draw.oneIn(4) ? null : createHash('sha256').update(`${world.seed} ${id}`).digest(),
        last_login_at: draw.oneIn(5) ? null : draw.moment(2020, 2025),
      };
    },
  },
];

function uuidOf(seed: number, id: number): string {
  const digits = createHash('sha256').update(`pid ${seed} ${id}`).digest('hex');
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20, 32),
  ].join('-');
}
