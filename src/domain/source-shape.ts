import { sign, verify } from 'node:crypto';
import type { DatabaseSchema } from './database-schema.ts';
import type { History, HistoryRow } from './migrations/tool.ts';
import { MIGRATION_TOOLS } from './migrations/tools.ts';

/** What a source looks like once it is masked: its schema, and what tools wrote down that they ran there. Nobody's value stands in it. */
export interface SourceShape {
  readonly version: 1;
  /** As the passport of the same run names it. */
  readonly source: string;
  readonly database: string;
  readonly schema: DatabaseSchema;
  /** Of each table that is called as a known tool calls its own. */
  readonly histories: readonly { readonly table: string; readonly rows: readonly HistoryRow[] }[];
}

/** A shape as it is handed over: the text, byte for byte, and its Ed25519 signature in base64. */
export interface SignedShape {
  readonly text: string;
  readonly signature: string;
}

/** Signed with the text, so that none is taken for a passport, which the same key signs. */
const PURPOSE = 'mayfly source shape\n';

/** `privateKey`: PEM of an Ed25519 key. */
export function signShape(shape: SourceShape, privateKey: string): SignedShape {
  const text = JSON.stringify(shape);
  return { text, signature: sign(null, Buffer.from(PURPOSE + text), privateKey).toString('base64') };
}

/** The shape, when the signature is that of `publicKey` (PEM, Ed25519); undefined when it is anybody else's. */
export function readShape({ text, signature }: SignedShape, publicKey: string): SourceShape | undefined {
  const isGenuine = verify(null, Buffer.from(PURPOSE + text), publicKey, Buffer.from(signature, 'base64'));
  return isGenuine ? (JSON.parse(text) as SourceShape) : undefined;
}

/** What was run, by table, as far as this Mayfly knows its tool. */
export function historiesOf({ histories }: SourceShape): readonly { table: string; history: History }[] {
  return histories.flatMap(({ table, rows }) => {
    const tool = Object.values(MIGRATION_TOOLS).find((known) => known.table === table);
    return tool ? [{ table, history: tool.historyOf(rows) }] : [];
  });
}
