import { Refusal } from '../wire/refusal.ts';

interface Term {
  readonly text: string;
  readonly kind: 'required' | 'optional' | 'excluded';
}

const kinds: Readonly<Record<string, Term['kind']>> = { '?': 'optional', '-': 'excluded' };

function termsOf(pattern: string): Term[] {
  const terms: Term[] = [];
  for (const [, sign, quoted, bare] of pattern.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)) {
    const text = quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '';
    terms.push({ text, kind: kinds[sign ?? ''] ?? 'required' });
  }
  return terms;
}

/**
 * Reads the unstructured form of a CloudWatch Logs filter pattern: words and "phrases" that must all stand in the
 * message, `?word` of which one must, `-word` which must not. The JSON and column forms are refused.
 */
export function readFilterPattern(pattern: string): (message: string) => boolean {
  if (/^\s*[{[%]/.test(pattern)) {
    throw new Refusal(
      'InvalidParameterException',
      'The local cloud reads only unstructured filter patterns: words, "phrases", ?optional and -excluded.',
    );
  }
  const terms = termsOf(pattern);
  const optional = terms.filter(({ kind }) => kind === 'optional');
  return (message) =>
    terms.every(({ text, kind }) => kind === 'optional' || message.includes(text) === (kind === 'required')) &&
    (optional.length === 0 || optional.some(({ text }) => message.includes(text)));
}
