import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import mysql from 'mysql2';

export const WEB_SHOP_RULES = new URL('./anonymise.yml', import.meta.url);

const NAMES = [
  'Jörg Weiß',
  'Ana Sofía Núñez',
  "Chloë d'Arc",
  '李雷',
  'Robert\'); DROP TABLE "Customers"; --',
  '',
  'Zoë 🛒',
];
const CUSTOMERS = 40;

/** Fills the session's database, which is empty, with a shop that nobody ever ordered from. */
export async function createWebShop(run: (sql: string) => Promise<unknown>): Promise<void> {
  const schema = await readFile(new URL('./schema.sql', import.meta.url), 'utf8');
  for (const statement of schema.trim().split(/;\n\n|;$/)) {
    if (statement !== '') {
      await run(statement);
    }
  }
  for (let number = 0; number < CUSTOMERS; number += 1) {
    for (const [table, row] of Object.entries(rowsOf(number))) {
      const columns = Object.keys(row).map((name) => mysql.escapeId(name, true));
      const values = Object.values(row).map((value) => mysql.escape(value));
      await run(`INSERT INTO ${mysql.escapeId(table, true)} (${columns.join(', ')}) VALUES (${values.join(', ')})`);
    }
  }
}

/** One row of each table, in an order in which they can be put in. */
function rowsOf(number: number): Record<string, Record<string, string | number | Buffer | null>> {
  const customerId = uuid(number);
  const email = `shopper${number}@kettle-and-loom.de`;
  const name = NAMES[number % NAMES.length] ?? '';
  const orderNo = `DE-2025-${String(number).padStart(6, '0')}`;
  return {
    Customers: {
      customerId,
      emailAddress: email,
      displayName: number % 9 === 0 ? null : name,
      referredBy: number % 3 === 0 ? null : uuid(number - 1),
      loyalty_points: (number * 7) % 30,
      birthday: number % 4 === 0 ? null : `19${50 + number}-02-28`,
      preferences:
        number % 5 === 0 ? null : JSON.stringify({ nickname: name, mail: email, newsletter: true, n: number }),
    },
    'delivery-address': {
      customerId,
      Label: 'home',
      lines: `${name}\nMühlweg ${number}\nBremen`,
      zip: `28${100 + number}`,
    },
    product: { sku: `KT-${number}`, title_de: `Kessel Größe ${number}`, price: '19.9900', weight_kg: number / 3 },
    group: { from: '2025-01-01', to: '2025-12-31', rank: number, 'a `quoted` name': 'spring' },
    orderHead: {
      orderNo,
      customerId,
      deliver_to: number % 7 === 0 ? null : 'home',
      placedAt: '2025-03-30 02:30:00.123',
      giftMessage: number % 2 === 0 ? null : `Für ${name}: alles Gute! ${email}`,
      ip: Buffer.from([85, 214, 0, number]),
    },
    orderLine: { orderNo, sku: `KT-${number}`, quantity: 1 + number },
    session_log: { token: uuid(1000 + number), customer_email: email, year: 2025, lasted: '00:12:34' },
  };
}

function uuid(number: number): Buffer {
  return createHash('sha256').update(`shopper ${number}`).digest().subarray(0, 16);
}
