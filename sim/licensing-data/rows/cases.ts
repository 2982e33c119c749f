import {
  addressOf,
  companyNumberOf,
  companyOf,
  fullNameOf,
  licenceNumberOf,
  personOf,
  plateOf,
  writing,
} from '../entities.ts';
import { inLatin1, type TableData } from '../table-data.ts';
import { COURTS } from '../words.ts';

export const CASES: readonly TableData[] = [
  {
    table: 'cases',
    size: { share: 0.05, least: 40 },
    row: (id, draw, world) => ({
      id,
      licence_id: draw.oneIn(5) ? null : world.idIn('licence', draw),
      transport_manager_id: draw.oneIn(3) ? world.idIn('transport_manager', draw) : null,
      presiding_tc_id: draw.oneIn(3) ? world.idIn('presiding_tc', draw) : null,
      description: writing(draw, world.seed).slice(0, 1024),
      open_date: draw.moment(2012, 2024),
      closed_date: draw.oneIn(2) ? draw.moment(2024, 2025) : null,
    }),
  },
  {
    table: 'complaint',
    size: { share: 0.03, least: 30 },
    row(id, draw, world) {
      const driver = personOf(world.seed, world.idIn('person', draw));
      return {
        id,
        case_id: world.idIn('cases', draw),
        complainant_contact_details_id: draw.oneIn(3) ? null : world.idIn('contact_details', draw),
        driver_forename: driver.forename,
        driver_family_name: driver.familyName,
        vrm: draw.oneIn(5) ? null : plateOf(world.idIn('vehicle', draw)),
        description: writing(draw, world.seed),
      };
    },
  },
  {
    table: 'conviction',
    size: { share: 0.03, least: 30 },
    row(id, draw, world) {
      const person = personOf(world.seed, world.idIn('person', draw));
      return {
        id,
        case_id: world.idIn('cases', draw),
        person_firstname: person.forename,
        person_lastname: person.familyName,
        birth_date: person.birthDate,
        court: draw.pick(COURTS),
        penalty: draw.pick(['£200 fine', '3 points', null, '']),
        operator_name: companyOf(world.seed, world.idIn('organisation', draw)),
        notes: draw.oneIn(12) ? writing(draw, world.seed).repeat(60) : draw.pick([null, writing(draw, world.seed)]),
      };
    },
  },
  {
    table: 'previous_conviction',
    size: { share: 0.03, least: 30 },
    row(id, draw, world) {
      const person = personOf(world.seed, world.idIn('person', draw));
      return {
        id,
        application_id: draw.oneIn(6) ? null : world.idIn('application', draw),
        forename: inLatin1(person.forename),
        family_name: inLatin1(person.familyName),
        birth_date: person.birthDate,
        court_fpn: draw.pick(COURTS),
        notes: inLatin1(writing(draw, world.seed)),
      };
    },
  },
  {
    table: 'prohibition',
    size: { share: 0.02, least: 30 },
    row: (id, draw, world) => ({
      id,
      case_id: world.idIn('cases', draw),
      vrm: null,
      imposed_at: draw.oneIn(2) ? writing(draw, world.seed).slice(0, 255) : null,
      prohibition_date: draw.day(2014, 2025),
    }),
  },
  {
    table: 'legacy_offence',
    size: { share: 0.02, least: 30 },
    row(id, draw, world) {
      const offender = personOf(world.seed, world.idIn('person', draw));
      return {
        id,
        case_id: world.idIn('cases', draw),
        definition: inLatin1(writing(draw, world.seed).slice(0, 1000)),
        offender_name: inLatin1(fullNameOf(offender)),
        vrm: draw.oneIn(4) ? '' : plateOf(world.idIn('vehicle', draw)),
      };
    },
  },
  {
    table: 'publication_police_data',
    size: { share: 0.05, least: 40 },
    row(id, draw, world) {
      const person = personOf(world.seed, world.idIn('person', draw));
      return {
        id,
        case_id: draw.oneIn(3) ? null : world.idIn('cases', draw),
        forename: person.forename?.slice(0, 35) ?? null,
        family_name: person.familyName?.slice(0, 35) ?? null,
        birth_date: person.birthDate,
      };
    },
  },
  {
    table: 'fee',
    size: { share: 0.3, least: 100 },
    row: (id, draw, world) => ({
      id,
      licence_id: draw.oneIn(9) ? null : world.idIn('licence', draw),
      parent_id: draw.oneIn(12) ? world.idIn('fee', draw) : null,
      amount: `${draw.below(900)}.${draw.pick(['00', '50', '99'])}`,
      description: `Fee for ${licenceNumberOf(1 + draw.below(100))}`,
      invoiced_date: draw.day(2015, 2025),
    }),
  },
  {
    table: 'txn',
    size: { share: 0.2, least: 80 },
    row: (id, draw, world) => ({
      id,
      reference: `OLCS-${String(id).padStart(8, '0')}-${draw.text('0123456789ABCDEF', 6)}`,
      payer_name: draw.oneIn(5) ? null : fullNameOf(personOf(world.seed, world.idIn('person', draw))),
      cheque_po_number: draw.oneIn(6) ? draw.text('0123456789', 6) : null,
      comment: draw.oneIn(9) ? writing(draw, world.seed).slice(0, 1000) : null,
      completed_date: draw.oneIn(7) ? null : draw.day(2015, 2025),
    }),
  },
  {
    table: 'fee_txn',
    size: { share: 0.2, least: 80 },
    row: (id, draw) => ({ fee_id: id, txn_id: id, amount: `${draw.below(900)}.00` }),
  },
  {
    table: 'order',
    size: { share: 0.02, least: 30 },
    row: (id, draw, world) => ({
      id,
      key: `K-${id}`,
      group: draw.oneIn(5) ? null : (personOf(world.seed, id).familyName?.slice(0, 60) ?? null),
      select: draw.oneIn(2) ? personOf(world.seed, id).email : null,
      txn_id: draw.oneIn(4) ? null : world.idIn('txn', draw),
    }),
  },
  {
    table: 'companies_house_company',
    size: { share: 0.1, least: 60 },
    row(id, draw, { seed }) {
      const { street, town, postcode } = addressOf(seed, 1 + draw.below(1000));
      return {
        id,
        company_number: companyNumberOf(id),
        company_name: companyOf(seed, id).toUpperCase().slice(0, 160),
        address_line_1: street,
        locality: town,
        postal_code: postcode,
      };
    },
  },
  {
    table: 'companies_house_officer',
    size: { share: 0.15, least: 80 },
    row(id, draw, world) {
      const person = personOf(world.seed, world.idIn('person', draw));
      return {
        id,
        companies_house_company_id: world.idIn('companies_house_company', draw),
        name: `${(person.familyName ?? '').toUpperCase()}, ${person.forename ?? ''}`.slice(0, 100),
        role: draw.pick(['director', 'secretary', 'llp-member']),
        date_of_birth: person.birthDate,
      };
    },
  },
  {
    table: 'companies_house_insolvency_practitioner',
    size: { share: 0.01, least: 20 },
    row(id, draw, world) {
      const { street, town, postcode } = addressOf(world.seed, id);
      return {
        id,
        companies_house_company_id: world.idIn('companies_house_company', draw),
        name: fullNameOf(personOf(world.seed, id)),
        address_line_1: street,
        locality: town,
        postal_code: postcode,
        appointed_on: draw.day(2018, 2025),
      };
    },
  },
];
