import type { NameMarks } from './fingerprint-store.ts';
import type { Mark } from './marks.ts';
import { LONGEST_NAME } from './original-names.ts';
import { wordsOf } from './words.ts';

/** Whether a text holds a name of the original, as two to five words in a row. */
export type HoldsName = (text: string) => boolean;

/** So many words are known without asking again whether a name begins with them. */
const REMEMBERED = 100_000;

const HAS_DIGIT = /\d/;
/** No name goes on behind it; `St. John` is one. */
const SENTENCE = /(?<=\p{L}{3})[.;!?]\s+/u;

export function createNameSearch({ names, beginnings }: NameMarks, mark: Mark): HoldsName {
  const remembered = new Map<string, boolean>();
  const mayBegin = (word: string) => {
    if (HAS_DIGIT.test(word)) {
      return false;
    }
    const known = remembered.get(word);
    if (known !== undefined) {
      return known;
    }
    if (remembered.size >= REMEMBERED) {
      remembered.clear();
    }
    const begins = beginnings.has(mark(word));
    remembered.set(word, begins);
    return begins;
  };
  return (text) => {
    if (names.size === 0 || text.length < 7) {
      return false;
    }
    const sentences = SENTENCE.test(text) ? text.split(SENTENCE) : [text];
    return sentences.some((sentence) => {
      const words = wordsOf(sentence);
      return words.some(
        (word, at) => at + 1 < words.length && mayBegin(word) && isName(words.slice(at, at + LONGEST_NAME)),
      );
    });
  };

  function isName(words: readonly string[]): boolean {
    let run = words[0] ?? '';
    return words.slice(1).some((word) => {
      run = `${run} ${word}`;
      return names.has(mark(run));
    });
  }
}
