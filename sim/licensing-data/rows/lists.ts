import { fullNameOf, personOf } from '../entities.ts';
import { inLatin1, type TableData } from '../table-data.ts';
import { MAIL_DOMAINS, TOWNS } from '../words.ts';

const CODES = {
  title: ['title_mr', 'title_mrs', 'title_miss', 'title_ms', 'title_dr', 'title_other'],
  org_type: ['org_t_rc', 'org_t_llp', 'org_t_p', 'org_t_pa', 'org_t_st'],
  lic_status: ['lsts_valid', 'lsts_suspended', 'lsts_curtailed', 'lsts_surrendered', 'lsts_revoked'],
  apsts: ['apsts_granted', 'apsts_consideration', 'apsts_refused', 'apsts_withdrawn'],
  contact_type: ['ct_corr', 'ct_reg', 'ct_est', 'ct_tm', 'ct_complainant', 'ct_user'],
  phone_contact: ['phone_t_primary', 'phone_t_secondary'],
  tm_status: ['tm_s_cur', 'tm_s_dis'],
  signature: ['sig_digital', 'sig_physical'],
  event: ['evt_created', 'evt_changed', 'evt_status', 'evt_password', 'evt_letter'],
} as const;

/** Of one category, in their order. */
export function codesOf(category: keyof typeof CODES): readonly string[] {
  return CODES[category];
}

const ALL_CODES = Object.entries(CODES).flatMap(([category, ids]) => ids.map((id) => ({ category, id })));
export const AREAS = [
  ['B', 'North East of England'],
  ['C', 'North West of England'],
  ['D', 'West Midlands'],
  ['F', 'East of England'],
  ['G', 'Wales'],
  ['H', 'West of England'],
  ['K', 'London and the South East of England'],
  ['M', 'Scotland'],
  ['N', 'Northern Ireland'],
] as const;
const COUNTRIES = [
  ['GB', 'United Kingdom'],
  ['IE', 'Ireland'],
  ['PL', 'Poland'],
] as const;
const PARAMETERS = [
  ['DISABLE_DIGITAL_SIGNATURES', '0'],
  ['SYSTEM_USER', '1'],
  ['RESOLVE_CARD_PAYMENTS_MIN_AGE', '60'],
] as const;

function nth<T>(list: readonly T[], id: number): T {
  const item = list[id - 1];
  if (item === undefined) {
    throw new Error(`there is no item ${id}`);
  }
  return item;
}

export const LISTS: readonly TableData[] = [
  {
    table: 'ref_data',
    size: { exactly: ALL_CODES.length },
    row(number) {
      const { category, id } = nth(ALL_CODES, number);
      return {
        id,
        description: id.replaceAll('_', ' '),
        ref_data_category: category,
        parent_id: id === 'title_other' ? 'title_mr' : null,
        display_order: number,
      };
    },
  },
  {
    table: 'country',
    size: { exactly: COUNTRIES.length },
    row: (id) => ({ id: nth(COUNTRIES, id)[0], description: nth(COUNTRIES, id)[1], is_member_state: id === 1 ? 0 : 1 }),
  },
  {
    table: 'traffic_area',
    size: { exactly: AREAS.length },
    row: (id) => ({ id: nth(AREAS, id)[0], name: nth(AREAS, id)[1], contact_details_id: id }),
  },
  {
    table: 'team',
    size: { exactly: 12 },
    row: (id, draw) => ({
      id,
      name: `Team ${id}`,
      description: null,
      traffic_area_id: draw.oneIn(4) ? null : draw.pick(AREAS)[0],
    }),
  },
  {
    table: 'presiding_tc',
    size: { exactly: 9 },
    row: (id, _draw, { seed }) => ({
      id,
      name: `Mr ${fullNameOf(personOf(seed, id * 3))}`.slice(0, 70),
      user_id: id,
      deleted_date: id > 7 ? '2019-01-01 00:00:00' : null,
    }),
  },
  {
    table: 'local_authority',
    size: { exactly: 40 },
    row: (id, draw) => ({
      id,
      description: `${inLatin1(draw.pick(TOWNS)) ?? ''} Council`,
      email_address: `transport${id}@${draw.pick(MAIL_DOMAINS)}`,
      traffic_area_id: draw.pick(AREAS)[0],
    }),
  },
  {
    table: 'enforcement_area',
    size: { exactly: 15 },
    row: (id, draw) => ({
      id: `V${String(id).padStart(3, '0')}`,
      name: draw.pick(TOWNS),
      email_address: `area${id}@${draw.pick(MAIL_DOMAINS)}`,
    }),
  },
  {
    table: 'recipient',
    size: { share: 0.002, least: 30 },
    row: (id, draw, { seed }) => ({
      id,
      contact_name: fullNameOf(personOf(seed, id)) || 'Nobody',
      email_address: `list${id}.${personOf(seed, id).email}`,
      is_police: draw.oneIn(4) ? 1 : 0,
    }),
  },
  {
    table: 'system_parameter',
    size: { exactly: PARAMETERS.length },
    row: (id) => ({ id: nth(PARAMETERS, id)[0], param_value: nth(PARAMETERS, id)[1], description: null }),
  },
  {
    table: 'printer list',
    size: { exactly: 5 },
    row: (id, _draw, { seed }) => ({
      'the printer': `Floor ${id} \`big\` one`,
      'who asked for it': fullNameOf(personOf(seed, id)),
      '☎': id % 2,
    }),
  },
];
