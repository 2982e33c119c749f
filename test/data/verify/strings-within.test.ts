import { describe, expect, it } from '@jest/globals';
import { stringsWithin } from '../../../src/data/verify/strings-within.ts';

function found(value: string): string[] {
  return stringsWithin(value).map(({ path, text }) => `${path}=${text}`);
}

describe('texts within a value', () => {
  it('is the value itself where it is no document', () => {
    expect(found('a < b')).toEqual(['=a < b']);
    expect(found('{broken')).toEqual(['={broken']);
    expect(found('< 5 people')).toEqual(['=< 5 people']);
  });

  it('is every text and number of JSON, with its path', () => {
    expect(found('{"a": {"b": ["x", {"c": 7}]}, "d": true, "e": null}')).toEqual(['$.a.b[*]=x', '$.a.b[*].c=7']);
    expect(found('"x@y"')).toEqual(['=x@y']);
  });

  it('is what JSON is keyed by, where no programmer would call a field so', () => {
    expect(found('{"ann@firm.wales": "x"}')).toEqual(['$.*=ann@firm.wales', '$.*=x']);
  });

  it('is texts and attributes of XML, without its entities', () => {
    expect(found(`<l no='7'><h a="1&amp;2">O&#39;Neill<br/>x</h><!--z--><![CDATA[y]]></l>`)).toEqual([
      '/l/@no=7',
      '/l/h/@a=1&2',
      "/l/h=O'Neill",
      '/l/h=x',
      '/l=!--z--',
      '/l= y ',
    ]);
  });

  it('takes no longer for a document made to be slow', () => {
    const started = performance.now();
    for (const text of [
      '<'.repeat(60_000),
      '<a '.repeat(20_000),
      '<a b="'.repeat(10_000),
      '<!--'.repeat(15_000),
      '<a>'.repeat(20_000),
    ]) {
      stringsWithin(`<a>${text}`);
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
