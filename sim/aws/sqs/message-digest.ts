import { createHash } from 'node:crypto';
import type { MessageAttribute } from './state.ts';

export const md5Of = (text: string): string => createHash('md5').update(text).digest('hex');

const STRING = 1;
const BINARY = 2;

/**
 * Name, type and value of each attribute in order of name, with their lengths before them.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */
export function md5OfAttributes(attributes: Readonly<Record<string, MessageAttribute>>): string | undefined {
  const names = Object.keys(attributes).toSorted();
  if (names.length === 0) {
    return undefined;
  }
  const hash = createHash('md5');
  const add = (bytes: Uint8Array): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { DataType, StringValue = '', BinaryValue } = attributes[name] ?? { DataType: '' };
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    hash.update(Buffer.from([BinaryValue ? BINARY : STRING]));
    add(BinaryValue ?? Buffer.from(StringValue));
  }
  return hash.digest('hex');
}
