import { combine, words } from './combine.ts';

/** Towns that are on no map, as far as anybody looked. ASCII. */
export const TOWNS: readonly string[] = [
  ...combine(
    words('Alder Bracken Cinder Dapple Ember Fallow Gorse Heron Ivel Juniper Kestrel Larch Merle Nettle Otter'),
    ['wold', 'bury', 'minster', 'ford', 'worth', 'port'],
  ),
  ...combine(words('Llan Aber Pont Porth Tre'), ['eirwen', 'heulog', 'celyn', 'onnen', 'glasfor']),
  ...combine(words('Inver Kirk Loch Strath Dun'), ['brannoch', 'corrie', 'doran', 'feidh', 'larich']),
  ...combine(words('Bally Kil Rath Derry'), ['sallagh', 'corrin', 'morenn', 'fadda']),
  ...combine(words('Ex Pir Ros Tam Wen Yar Zel Ov Nid Lum'), ['dle', 'by', 'wick', 'ham', 'ley', 'sea']),
];

/** The first line of an address: a house number and a street. */
export const ADDRESS_LINES: readonly string[] = combine(
  words('Alderwold Brackenbury Cinderford Dapplewood Emberworth Fallowmere Gorsebank Heronport Junipergate Kestrelmoor')
    .concat(words('Larchfold Merlewood Nettlebed Ottermere Quarrywick Rushmoor Sedgewick Thornwold Whinmoor Yarrowby'))
    .concat(words('Ash Elm Fir Oak Ivy Yew Bay Box Fig Hop Lea Nut Oat Pea Rye Sloe')),
  [' Road', ' Street', ' Lane', ' Close', ' Avenue', ' Way', ' Row', ' Terrace', ' Rise', ' End'],
).map((street, index) => `${1 + ((index * 37) % 198)} ${street}`);
