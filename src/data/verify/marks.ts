import { hash } from 'node:crypto';

/** What a text is known by without being known: 52 bits of a keyed SHA-256, which a number holds exactly. */
export type Mark = (text: string) => number;

/** Marks of different purposes have nothing to do with each other. */
export function createMark(key: string, purpose: string): Mark {
  const prefix = `${purpose}\0${key}\0`;
  return (text) => {
    const digest = hash('sha256', `${prefix}${text}`, 'buffer');
    return (digest.readUInt32BE(0) & 0xfffff) * 2 ** 32 + digest.readUInt32BE(4);
  };
}
