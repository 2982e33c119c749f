import { DRAWN, HASH, type TestRules } from './masked-database.ts';

/** A bit of everything that a run has to come through: maps, rewrites, shuffles, removals, triggers, odd names and keys. */
export const HOSTILE: readonly string[] = [
  'CREATE TABLE `order by` (login VARCHAR(20) PRIMARY KEY, boss VARCHAR(20), FOREIGN KEY (boss) REFERENCES `order by` (login))',
  "INSERT INTO `order by` (login) SELECT CONCAT('p', seq) FROM seq_1_to_500",
  "UPDATE `order by` SET boss = CONCAT('p', 1 + SUBSTR(login, 2) DIV 10)",
  'CREATE TABLE `let``ter?` (a INT, b VARCHAR(9), login VARCHAR(20) NOT NULL, `te?xt` VARCHAR(64), at TIMESTAMP NULL ON UPDATE CURRENT_TIMESTAMP, PRIMARY KEY (b, a), FOREIGN KEY (login) REFERENCES `order by` (login))',
  "INSERT INTO `let``ter?` SELECT seq, CONCAT('b''', seq % 7), CONCAT('p', 1 + seq % 500), CONCAT('dŵr 🚰', seq % 90), '2020-01-01' FROM seq_1_to_2500",
  'CREATE TABLE plain (id BIGINT UNSIGNED PRIMARY KEY AUTO_INCREMENT, said VARCHAR(64), more VARCHAR(64), born INT, plate VARCHAR(9), UNIQUE KEY (plate))',
  "INSERT INTO plain SELECT seq * 7, CONCAT('said ', seq % 50), CONCAT('more ', seq), seq % 40, seq FROM seq_1_to_3000",
  "INSERT INTO plain VALUES (18446744073709551000, 'far', 'away', 1, 'far')",
  'CREATE TABLE badge (id INT PRIMARY KEY, code VARCHAR(9) UNIQUE)',
  "INSERT INTO badge SELECT seq, CONCAT('b', seq) FROM seq_1_to_900",
  'CREATE TABLE kinds (kind ENUM("z", "a", "m"), at DATETIME, raw VARBINARY(8), price DECIMAL(30, 10), said VARCHAR(64), PRIMARY KEY (kind, raw, price, at))',
  "INSERT INTO kinds SELECT 1 + seq % 3, '2020-01-01' + INTERVAL seq SECOND, UNHEX(LPAD(HEX(seq % 200), 8, '0')), seq + 0.0000000001, CONCAT('s', seq) FROM seq_1_to_1500",
  'CREATE TABLE old (id INT PRIMARY KEY AUTO_INCREMENT, made DATE, said VARCHAR(64))',
  "INSERT INTO old SELECT seq, '2026-01-01' - INTERVAL seq DAY, 'old' FROM seq_1_to_3000",
  'CREATE TABLE child (id INT PRIMARY KEY, old_id INT, parent INT, said VARCHAR(64), FOREIGN KEY (old_id) REFERENCES old (id) ON DELETE CASCADE, FOREIGN KEY (parent) REFERENCES child (id) ON DELETE CASCADE)',
  "INSERT INTO child SELECT seq, IF(seq % 2, seq, NULL), NULLIF(seq DIV 3, 0), 'child' FROM seq_1_to_3000",
  'CREATE TRIGGER one BEFORE UPDATE ON plain FOR EACH ROW SET NEW.born = NEW.born + 1',
  'CREATE TRIGGER two BEFORE UPDATE ON plain FOR EACH ROW SET NEW.born = NEW.born * 2',
  'CREATE TRIGGER three AFTER DELETE ON old FOR EACH ROW DELETE FROM plain WHERE id = OLD.id * 7',
];

export const HOSTILE_RULES: Readonly<Record<string, TestRules>> = {
  'order by': { columns: { login: DRAWN, boss: DRAWN } },
  'let`ter?': { columns: { login: DRAWN, 'te?xt': HASH } },
  plain: { columns: { said: HASH, more: HASH, born: { kind: 'shuffle' }, plate: DRAWN } },
  badge: { columns: { code: DRAWN } },
  kinds: { columns: { said: HASH } },
  old: { columns: { said: HASH }, rows: [{ kind: 'keep-years', column: 'made', years: 3 }] },
  child: { columns: { said: HASH } },
};
