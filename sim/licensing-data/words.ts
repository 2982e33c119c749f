/** Common ones of several languages; who has two of them together is not known here. */
export const FORENAMES = listed(`
  Adam; Aisha; Alan; Alice; Amir; Andrew; Anna; Anthony; Barbara; Ben; Brian; Caitlin; Carol; Charlotte; Claire;
  Colin; Daniel; David; Deborah; Derek; Elizabeth; Emma; Fatima; Fiona; Gareth; Gary; George; Grace; Hannah;
  Harpreet; Helen; Ian; Jack; Jacqueline; James; Jane; Janet; Jean; John; Joseph; Julie; Karen; Keith; Kevin;
  Laura; Lee; Linda; Lucy; Margaret; Mark; Martin; Mary; Michael; Mohammed; Nicola; Nigel; Oliver; Pamela;
  Patricia; Paul; Peter; Philip; Priya; Rachel; Raj; Rebecca; Richard; Robert; Ruth; Samuel; Sandra; Sarah;
  Sharon; Simon; Stephen; Susan; Thomas; Tracey; Victoria; William; Yusuf; Zoe; Siân; Llŷr; Gwenllian; Rhŷs;
  Aoife; Séamus; Niamh; Pádraig; Łukasz; Małgorzata; Zbigniew; Agnieszka; Jürgen; François; Zoë; José María;
  Anne-Marie; محمد; שרה; Ξένια; Дмитрий; 小明
`);

export const FAMILY_NAMES = listed(`
  Adams; Ahmed; Allen; Anderson; Bailey; Baker; Barnes; Bell; Bennett; Brown; Butler; Campbell; Carter; Chapman;
  Clark; Collins; Cook; Cooper; Cox; Davies; Davis; Edwards; Ellis; Evans; Fisher; Foster; Gibson; Graham; Gray;
  Green; Griffiths; Hall; Harris; Harrison; Hill; Hughes; Hussain; Jackson; James; Jenkins; Johnson; Jones;
  Kaur; Kelly; Khan; King; Knight; Lee; Lewis; Lloyd; Marshall; Martin; Mason; Miller; Mitchell; Moore; Morgan;
  Morris; Murphy; Murray; Owen; Palmer; Parker; Patel; Phillips; Powell; Price; Reid; Richardson; Roberts;
  Robinson; Rogers; Scott; Shaw; Simpson; Singh; Smith; Stewart; Taylor; Thompson; Turner; Walker; Ward; Watson;
  Webb; White; Williams; Wilson; Wood; Wright; Young; O'Brien; O'Neill; Ó Súilleabháin; Nic Dhonnchadha;
  McDonald; MacLeod; Llywelyn-Rhŷs; ap Siôn; Wójcik; Dąbrowska; Szczęśniak; Müller; Nuñez; D’Arcy; van der Berg;
  Łoś; עברי; حداد; Иванова; 王
`);

export const STREETS = listed(`
  High Street; Station Road; Mill Lane; Church Road; Victoria Road; Green Lane; Manor Road; Park Avenue;
  Queensway; Springfield Road; The Crescent; Windsor Close; Ffordd y Môr; Heol y Bont; Sráid na Cé; St John’s
  Rise; Quarry Bank; Canal Street; Foundry Yard; Depot Approach
`);

export const TOWNS = listed(`
  Leeds; Bradford; Cardiff; Swansea; Bangor; Derby; Nottingham; Bristol; Plymouth; Norwich; Ipswich; Carlisle;
  Perth; Stirling; Belfast; Derry; Dún Laoghaire; Kraków; Caernarfon; Pwllheli; Ynys Môn; St Helens; King's
  Lynn; Stoke-on-Trent
`);

export const POSTCODE_AREAS = listed(`
  LS; BD; CF; SA; LL; DE; NG; BS; PL; NR; IP; CA; PH; FK; BT; WA
`);

export const COMPANY_WORDS = listed(`
  Bluewater; Greyheron; Ironbridge Vale; Northmoor; Redkite; Silverbeck; Stonecrop; Thistledown; Whinfell;
  Yewtree; Cwm Glas; Hafod; Ashdale; Larkrise; Oxbow; Pennybank; Quickthorn; Saltmarsh
`);

export const COMPANY_TRADES = listed(`
  Haulage; Coaches; Removals; Logistics; Freight; Transport; Skip Hire; Minibuses; Distribution; Plant &
  Tippers; Cludiant
`);

/** Of nobody: words put together, and none is asked for here. */
export const MAIL_DOMAINS = listed(`
  bluewater-haulage.co.uk; greyheron-post.co.uk; northmoor-mail.co.uk; redkite-coaches.wales;
  silverbeck-freight.com; thistledown-inbox.scot; whinfell-removals.co.uk; hafod-cludiant.cymru
`);

export const COURTS = [
  'Leeds Magistrates',
  'Cardiff Crown Court',
  'Llys Ynadon Caernarfon',
  'Carlisle Magistrates',
  '',
];

export const SENTENCES = [
  'Called to ask when the discs will come.',
  'Maintenance records were not kept for the last quarter.',
  'Mae’r gweithredwr wedi symud i gyfeiriad newydd.',
  'Letter returned, addressee gone away.',
  'Driver was stopped at the roadside; brakes below standard.',
  'Finances reviewed and accepted.',
  'Asked for more time, as the bank statement is late.',
  'Please ring before ten.',
  'Neighbour complains of noise 🚚🔊.',
  'Undertakings explained and understood.',
  'Płatność nie dotarła.',
  'طلب الرخصة قيد المراجعة',
  'בקשה נדחתה',
];

/** What has broken programs before. */
export const HOSTILE = [
  "'; DROP TABLE person; --",
  "\\' OR 1=1 #",
  '\\',
  "''",
  '"',
  '`',
  '<script>alert("x")</script>',
  '<!-- &amp; ]]> -->',
  'a\0b',
  '\0',
  '%s%n%d',
  '{{7*7}} ${7*7} #{7*7}',
  'C:\\temp\\new\\x',
  'line\r\nline\ttab\u0085',
  '\u202Egnp.exe',
  '\uFEFFbom',
  '👩‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿',
  'e\u0301 é',
  'ẞß ſ K Å',
  ' leading and trailing ',
  '   ',
  '-- comment',
  '/*!50000 SELECT */',
  '@mayfly_key',
  '?',
  ':id',
  'NULL',
  '{"a": "b"}',
  '<a/>',
  '0',
  '-1',
  '1e400',
];

function listed(text: string): readonly string[] {
  return text.split(';').map((item) => item.trim().replace(/\s+/g, ' '));
}
