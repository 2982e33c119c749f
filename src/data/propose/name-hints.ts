import type { Suggestion } from './suggestion.ts';

/** `dateOfBirth`, `date_of_birth` and `DATE-OF-BIRTH` are one name. */
export function spelled(name: string): string {
  return name
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .join(' ')
    .trim();
}

interface Hint {
  readonly words: RegExp;
  readonly suggestion: Suggestion;
}

/** By words of a column's name, the first that fits; what says more stands first. */
export const TEXT_HINTS: readonly Hint[] = [
  hint('(?:e mail|email|mail)(?: address(?: \\d)?)?|recipients?', { kind: 'fake', of: 'email' }),
  hint('(?:tele)?phone(?: (?:no|number))?|mobile(?: (?:no|number))?|fax(?: (?:no|number))?|tel(?: (?:no|number))?', {
    kind: 'fake',
    of: 'phone',
  }),
  hint('post ?code|zip(?: code)?', { kind: 'fake', of: 'postcode' }),
  hint('(?:fore|given|first|middle|christian) ?names?|other names?', { kind: 'fake', of: 'given-name' }),
  hint('(?:sur|family|last|maiden|birth) ?name', { kind: 'fake', of: 'family-name' }),
  hint('(?:company|organi[sz]ation|trading|firm|business|employer|operator) name', { kind: 'fake', of: 'company' }),
  hint('(?:full|contact|display|person|driver|holder|payer|account|applicant|officer|director|owner|manager) ?name', {
    kind: 'fake',
    of: 'full-name',
  }),
  hint('vrm|vrn|registration (?:mark|plate)|number ?plate|reg(?:istration)? (?:no|number)', {
    kind: 'fake',
    of: 'vrm',
  }),
  hint('driv(?:er|ing) licen[cs]e(?: (?:no|number))?|passport(?: (?:no|number))?', { kind: 'digits' }),
  hint('licen[cs]e (?:no|number)|lic no', { kind: 'fake', of: 'licence-number' }),
  hint(
    'ni number|nino|national insurance(?: (?:no|number))?|nhs (?:no|number)|sort ?code|iban|acc(?:oun)?t (?:no|number)|acct|card (?:no|number)|utr|vat (?:no|number)',
    {
      kind: 'digits',
    },
  ),
  hint('(?:ip|mac|remote|hardware) ?addr(?:ess)?|ip(?: ?v[46])?|mac|user agent', { kind: 'hash', length: 12 }),
  hint('address(?: line)?(?: ?\\d)?|addr ?\\d?|paon(?: desc)?|saon(?: desc)?|street|road|locality|house (?:no|name)', {
    kind: 'fake',
    of: 'address-line',
  }),
  hint('town|city|village', { kind: 'fake', of: 'town' }),
  hint('login(?: id)?|user ?name|user ?id|account id', { kind: 'fake', of: 'login' }),
  hint('password(?: hash)?|passwd|pwd|secret|token|api key|salt|session(?: id)?|signature|saml response|pin', {
    kind: 'hash',
    length: 32,
  }),
  hint(
    'notes?|comments?|remarks?|description|details?|narrative|free ?text|body|message|content|reason text|summary|text|subject|other info|explanation|observations?',
    { kind: 'text' },
  ),
  hint('birth ?place|place of birth|nationality|occupation|ethnicity|religion|gender identity', { kind: 'text' }),
];

export const BIRTH = words('dob|birth ?(?:date|day|dt)|date ?of ?birth|born(?: on)?|date of death|death date');
/** A number, or a code, that says something of a person which no fixed list makes harmless. */
export const SENSITIVE = words(
  '(?:birth|dob|born) ?(?:year|month)|(?:year|month|day) ?of ?(?:birth|death)|age|gender|sex|marital status|ethnic(?:ity| origin| group)|race|religion|belief|nationality|(?:sexual )?orientation|disab(?:led|ility)|blood (?:group|type)|health|diagnosis',
);
/** Whoever is named there, in one word or in many. */
export const WHO = words(
  'by|who|whom|name|user|person|people|driver|holder|owner|author|editor|assignee|approver|signatory|contact|officer|manager|director|assigned to',
);
export const AUDIT =
  /^(?:created|modified|updated|deleted|inserted|changed|last modified|last updated)(?: (?:on|at|date|time|by))?$/;
export const BUSINESS_DATE = /(?:^| )(?:date|on|at|from|to|until|time|start|end|expiry|due|day)(?: |$)/;
export const CODE =
  /(?:^| )(?:id|code|status|type|kind|state|category|flag|order|sort|position|version|level|locale|language|currency|count|number of|no of|total|amount|fee|qty|quantity|size|weight|year|month|percentage|rate|is|has|can)(?: |$)/;

/** Tables whose rows nobody misses: what is in them was true for a moment. */
export const PASSING = words(
  'sessions?|queues?|jobs?|caches?|logs?|access log|tokens?|locks?|failed jobs|messenger messages|password resets?|audit log',
);

function hint(pattern: string, suggestion: Suggestion): Hint {
  return { words: words(pattern), suggestion };
}

function words(pattern: string): RegExp {
  return new RegExp(`(?:^| )(?:${pattern})$`);
}
