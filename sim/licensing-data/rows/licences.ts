import { companyNumberOf, companyOf, licenceNumberOf, personOf, plateOf, plateSql, writing } from '../entities.ts';
import type { TableData } from '../table-data.ts';
import { HOSTILE, MAIL_DOMAINS, TOWNS } from '../words.ts';
import { AREAS, codesOf } from './lists.ts';

export const LICENCES: readonly TableData[] = [
  {
    table: 'organisation',
    size: { share: 0.15, least: 80 },
    row: (id, draw, world) => ({
      id,
      name: draw.oneIn(60) ? null : companyOf(world.seed, id),
      company_or_llp_no: draw.oneIn(4) ? null : companyNumberOf(id),
      type: draw.pick(codesOf('org_type')),
      contact_details_id: draw.oneIn(10) ? null : world.idIn('contact_details', draw),
      lead_tc_area_id: draw.oneIn(8) ? null : draw.pick(AREAS)[0],
      parent_id: draw.oneIn(12) ? world.idIn('organisation', draw) : null,
      allow_email: draw.below(2),
      created_on: draw.moment(2008, 2025),
      last_modified_on: draw.moment(2016, 2025),
    }),
  },
  {
    table: 'organisation_person',
    size: { share: 0.15, least: 80 },
    row: (id, draw) => ({
      organisation_id: id,
      person_id: id,
      position: draw.pick(['Director', 'Partner', 'Cyfarwyddwr', '', null]),
    }),
  },
  {
    table: 'organisation_user',
    size: { share: 0.1, least: 60 },
    row: (id) => ({ organisation_id: id, user_id: id, is_administrator: id % 2 }),
  },
  {
    table: 'licence',
    size: { share: 0.2, least: 100 },
    row: (id, draw, world) => ({
      id,
      lic_no: draw.oneIn(30) ? null : licenceNumberOf(id),
      organisation_id: world.idIn('organisation', draw),
      status: draw.pick(codesOf('lic_status')),
      goods_or_psv: draw.pick(['goods', 'goods', 'psv']),
      traffic_area_id: draw.pick(AREAS)[0],
      correspondence_cd_id: draw.oneIn(10) ? null : world.idIn('contact_details', draw),
      tot_auth_vehicles: draw.oneIn(9) ? null : draw.below(120),
      tachograph_ins_name: draw.oneIn(3) ? companyOf(world.seed, world.idIn('organisation', draw)).slice(0, 90) : null,
      granted_date: draw.day(2000, 2024),
      expiry_date: draw.oneIn(3) ? null : draw.day(2026, 2030),
      created_on: draw.moment(2008, 2025),
      last_modified_on: draw.moment(2016, 2025),
    }),
  },
  {
    table: 'trading_name',
    size: { share: 0.1, least: 50 },
    row: (id, draw, world) => ({
      id,
      licence_id: world.idIn('licence', draw),
      name: `${companyOf(world.seed, id)} ${id}`,
    }),
  },
  {
    table: 'company_subsidiary',
    size: { share: 0.02, least: 20 },
    row: (id, draw, world) => ({
      id,
      licence_id: world.idIn('licence', draw),
      company_no: companyNumberOf(id),
      name: companyOf(world.seed, id).slice(0, 70),
    }),
  },
  {
    table: 'change_of_entity',
    size: { share: 0.02, least: 20 },
    row(id, draw, world) {
      const old = world.idIn('licence', draw);
      return {
        id,
        licence_id: world.idIn('licence', draw),
        old_licence_no: draw.oneIn(4) ? null : licenceNumberOf(old),
        old_organisation_name: companyOf(world.seed, id + 7),
      };
    },
  },
  {
    table: 'application',
    size: { share: 0.2, least: 100 },
    row: (id, draw, world) => ({
      id,
      licence_id: world.idIn('licence', draw),
      status: draw.pick(codesOf('apsts')),
      is_variation: draw.below(2),
      prev_conviction: draw.oneIn(3) ? null : draw.below(2),
      insolvency_details: draw.oneIn(9) ? writing(draw, world.seed) : draw.pick([null, '']),
      psv_no_small_vhl_confirmation: null,
      interim_reason: draw.oneIn(9) ? writing(draw, world.seed).slice(0, 1000) : null,
      received_date: draw.moment(2010, 2025),
      last_modified_on: null,
    }),
  },
  {
    table: 'operating_centre',
    size: { share: 0.2, least: 100 },
    row: (id, draw, world) => ({
      id,
      licence_id: world.idIn('licence', draw),
      address_id: world.idIn('address', draw),
      ad_placed_in: draw.oneIn(3) ? `${draw.pick(TOWNS)} Gazette` : null,
      vi_action: draw.pick(['C', 'U', 'D', null]),
    }),
  },
  {
    table: 'transport_manager_licence',
    size: { share: 0.1, least: 60 },
    row: (id, draw, { seed }) => ({
      licence_id: id,
      transport_manager_id: id,
      additional_information: draw.oneIn(4) ? writing(draw, seed) : null,
    }),
  },
  {
    table: 'transport_manager_hours',
    size: { share: 0.1, least: 60 },
    row: (id, draw) => ({
      licence_id: id,
      transport_manager_id: id,
      day_of_week: draw.pick(['mon', 'tue', 'wed', 'thu', 'fri']),
      hours: `${draw.below(12)}.5`,
    }),
  },
  {
    table: 'vehicle',
    size: 'big',
    row(id, draw) {
      const country = draw.pick(['GB', 'GB', 'GB', 'GB', 'GB', 'GB', 'GB', 'GB', 'IE', 'PL']);
      return {
        id,
        vrm: country === 'GB' ? plateOf(id) : foreignPlate(country, id),
        country_code: country,
        plated_weight: draw.oneIn(4) ? null : 3500 + 100 * draw.below(400),
        certificate_no: draw.oneIn(2) ? null : `UVF${draw.text('0123456789', 8)}`,
        vi_action: draw.pick(['C', 'U', null]),
        created_on: draw.moment(2008, 2025),
        last_modified_on: draw.oneIn(3) ? null : draw.moment(2016, 2025),
      };
    },
    ofCopy: { vrm: plateSql, country_code: () => "'GB'" },
  },
  {
    table: 'licence_vehicle',
    size: 'big',
    row: (id, draw, world) => ({
      id,
      licence_id: world.idIn('licence', draw),
      vehicle_id: world.idIn('vehicle', draw),
      specified_date: draw.moment(2010, 2025),
      removal_date: draw.oneIn(3) ? draw.moment(2016, 2025) : null,
    }),
  },
  {
    table: 'bus_reg',
    size: { share: 0.05, least: 40 },
    row: (id, draw, world) => ({
      id,
      licence_id: world.idIn('licence', draw),
      parent_id: draw.oneIn(4) ? world.idIn('bus_reg', draw) : null,
      reg_no: `P${licenceNumberOf(Math.ceil(id / 2)).slice(1)}/${Math.ceil(id / 2)}`,
      variation_no: id % 2,
      start_point: draw.pick(TOWNS),
      finish_point: draw.pick(TOWNS),
      via: draw.oneIn(20) ? draw.pick(HOSTILE) : null,
      other_details: draw.oneIn(5) ? writing(draw, world.seed).slice(0, 800) : null,
      reason_cancelled: null,
    }),
  },
  {
    table: 'ebsr_submission',
    size: { share: 0.02, least: 20 },
    row: (id, draw, world) => ({
      id,
      bus_reg_id: draw.oneIn(6) ? null : world.idIn('bus_reg', draw),
      organisation_email_address: `timetables${id}@${draw.pick(MAIL_DOMAINS)}`,
      ebsr_submission_result: xmlResult(personOf(world.seed, id).email, draw.pick(['', 'Sul y Blodau & Dydd Llun'])),
      submitted_date: `${draw.moment(2018, 2025)}.${draw.text('0123456789', 6)}`,
    }),
  },
];

function foreignPlate(country: string, id: number): string {
  return country === 'IE' ? `${10 + (id % 15)}1-D-${100_000 + id}` : `WŁ ${200_000 + id}`;
}

function xmlResult(email: string, note: string): string {
  const text = note.replaceAll('&', '&amp;');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<result ok="false"><contact role="sender">${email}</contact><note>${text}</note></result>`;
}
