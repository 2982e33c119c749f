import { createHash } from 'node:crypto';
import type { Draw } from '../draw.ts';
import {
  addressOf,
  fullNameOf,
  licenceNumberOf,
  type Person,
  personOf,
  phoneNumber,
  plateOf,
  writing,
} from '../entities.ts';
import { inLatin1, type TableData } from '../table-data.ts';
import { HOSTILE } from '../words.ts';
import { codesOf } from './lists.ts';

export const WRITING: readonly TableData[] = [
  {
    table: 'event_history',
    size: 'big',
    row: (id, draw, world) => ({
      id,
      event_history_type: draw.pick(codesOf('event')),
      user_id: draw.oneIn(6) ? null : world.idIn('user', draw),
      licence_id: draw.oneIn(3) ? null : world.idIn('licence', draw),
      transport_manager_id: draw.oneIn(9) ? world.idIn('transport_manager', draw) : null,
      event_datetime: draw.moment(2012, 2025),
      event_description: draw.pick(['Licence created', 'Address changed', 'Vehicle added', 'Letter sent', null]),
      event_data: draw.oneIn(5) ? draw.pick([null, '']) : writing(draw, world.seed).slice(0, 1024),
      entity_type: draw.pick(['licence', 'application', 'vehicle']),
      entity_pk: draw.below(10_000),
    }),
  },
  {
    table: 'document',
    size: { share: 0.2, least: 80 },
    row(id, draw, world) {
      const person = personOf(world.seed, world.idIn('person', draw));
      return {
        id,
        licence_id: draw.oneIn(5) ? null : world.idIn('licence', draw),
        identifier: `documents/${draw.day(2016, 2025).replaceAll('-', '/')}/${id}.rtf`,
        filename: `Letter_to_${fullNameOf(person).replaceAll(' ', '_')}.rtf`,
        description: draw.oneIn(3) ? `Letter for ${licenceNumberOf(1 + draw.below(100))}` : null,
        metadata: draw.oneIn(4)
          ? null
          : JSON.stringify({ author: fullNameOf(person), pages: draw.below(9), vrm: plateOf(id) }),
        size: draw.below(1_000_000),
        thumbnail: draw.oneIn(9) ? createHash('sha512').update(String(id)).digest() : null,
        issued_date: draw.moment(2016, 2025),
      };
    },
  },
  {
    table: 'note',
    size: { share: 0.3, least: 120 },
    row: (id, draw, world) => ({
      id,
      note_type: draw.pick(['licence', 'case', 'tm']),
      licence_id: draw.oneIn(5) ? null : world.idIn('licence', draw),
      case_id: draw.oneIn(5) ? world.idIn('cases', draw) : null,
      comment: id <= HOSTILE.length ? (HOSTILE[id - 1] ?? '') : writing(draw, world.seed),
      priority: draw.below(2),
      flags: draw.pick([null, '', 'read', 'read,urgent']),
    }),
  },
  {
    table: 'messaging_conversation',
    size: { share: 0.05, least: 30 },
    row: (id, draw, world) => ({
      id,
      licence_id: world.idIn('licence', draw),
      subject: `${draw.pick(['Question', 'Cwestiwn', 'Pytanie'])}: ${licenceNumberOf(1 + draw.below(100))}`,
      is_closed: draw.below(2),
    }),
  },
  {
    table: 'messaging_content',
    size: { share: 0.2, least: 80 },
    row: (id, draw, { seed }) => ({ id, text: id % 400 === 7 ? veryLong(draw, seed) : writing(draw, seed) }),
  },
  {
    table: 'messaging_message',
    size: { share: 0.2, least: 80 },
    row: (id, draw, world) => ({
      id,
      messaging_conversation_id: world.idIn('messaging_conversation', draw),
      messaging_content_id: id,
      created_by: draw.oneIn(9) ? null : world.idIn('user', draw),
    }),
  },
  {
    table: 'digital_signature',
    size: { share: 0.1, least: 50 },
    row(id, draw, world) {
      const person = personOf(world.seed, world.idIn('person', draw));
      const saml = draw.oneIn(3);
      return {
        id,
        application_id: draw.oneIn(6) ? null : world.idIn('application', draw),
        signature_type: draw.pick(codesOf('signature')),
        attributes: draw.oneIn(9) ? null : JSON.stringify(identity(person, draw, world.seed)),
        saml_response: saml ? samlOf(person) : null,
        signed_on: draw.moment(2018, 2025),
      };
    },
  },
  {
    table: 'retrieval_link',
    size: { share: 0.05, least: 30 },
    row: (id, draw, world) => ({
      id,
      document_id: world.idIn('document', draw),
      token: createHash('sha256').update(`token ${world.seed} ${id}`).digest('hex'),
      recipient_email: personOf(world.seed, world.idIn('person', draw)).email,
      expires_at: draw.moment(2025, 2026),
    }),
  },
  {
    table: 'queue',
    size: { share: 0.02, least: 30 },
    row: (id, draw, { seed }) => ({
      id,
      type: draw.pick(['que_typ_mail', 'que_typ_print']),
      status: draw.pick(['queued', 'processing', 'failed']),
      entity_id: id,
      options: JSON.stringify({ to: personOf(seed, id).email, name: fullNameOf(personOf(seed, id)) }),
      last_error: draw.oneIn(4) ? `no such mailbox: ${personOf(seed, id).email}` : null,
      attempts: draw.below(4),
    }),
  },
  {
    table: 'import_log',
    size: { share: 0.02, least: 30 },
    row: (_id, draw, { seed }) => ({ imported_at: draw.moment(2012, 2013), line: inLatin1(writing(draw, seed)) }),
  },
];

function identity(person: Person, draw: Draw, seed: number) {
  const { street, town, postcode } = addressOf(seed, 1 + draw.below(1000));
  return {
    firstName: person.forename,
    surname: person.familyName,
    dateOfBirth: person.birthDate,
    levelOfConfidence: 'P2',
    verified: true,
    contact: { email: person.email, phones: [phoneNumber(draw), phoneNumber(draw)] },
    addresses: [{ street, town, postcode }],
  };
}

function samlOf({ forename, familyName, birthDate }: Person): string {
  const attributes = { firstname: forename ?? '', surname: familyName ?? '', dateofbirth: birthDate ?? '' };
  const elements = Object.entries(attributes).map(
    ([name, value]) =>
      `<saml:Attribute Name="${name}"><saml:AttributeValue>${escaped(value)}</saml:AttributeValue></saml:Attribute>`,
  );
  return `<?xml version="1.0"?><samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${elements.join('')}</samlp:Response>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\0', '');
}

function veryLong(draw: Draw, seed: number): string {
  return `${writing(draw, seed)} `.repeat(1500);
}
