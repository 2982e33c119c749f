import { formatInstant } from '../../domain/instant.ts';
import type { ReceiptLine } from '../../reconcile/reporter.ts';
import { code, details, table } from './markdown.ts';

/** GitHub cuts a comment off at 65,536 characters; a receipt as long as this stays well below. */
const MAX_LINES = 200;

/** Every resource that was asked for and when it was seen gone, folded. */
export function receiptSection(receipt: readonly ReceiptLine[]): string {
  if (receipt.length === 0) {
    return '';
  }
  const gone = receipt.filter(({ goneAt }) => goneAt).length;
  const rows = receipt
    .slice(0, MAX_LINES)
    .map(({ kind, name, askedAt, goneAt }) => [
      code(kind),
      code(name),
      formatInstant(askedAt),
      goneAt ? formatInstant(goneAt) : 'not yet',
    ]);
  const rest = receipt.length > MAX_LINES ? `\n\nand ${receipt.length - MAX_LINES} more` : '';
  return details(
    `Receipt: ${gone} of ${receipt.length} resources seen gone`,
    `${table(['Resource', 'Name', 'Asked for', 'Seen gone'], rows)}${rest}`,
  );
}
