import { combine, words } from './combine.ts';

/** Firms that move goods and people and are in no register, as far as anybody looked. ASCII. */
export const COMPANIES: readonly string[] = [
  ...combine(
    words(
      'Alderwold Brackenbury Cinderford Dapplewood Emberworth Fallowmere Gorsebank Heronport Ivelmere Junipergate',
    ).concat(
      words('Kestrelmoor Larchfold Merlewood Nettlewold Ottermere Quarrywick Sedgewold Thornwold Whinmoor Yarrowby'),
    ),
    [
      ' Haulage Ltd',
      ' Transport Ltd',
      ' Coaches Ltd',
      ' Logistics Ltd',
      ' Freight Ltd',
      ' Travel Ltd',
      ' Carriers Ltd',
      ' Buses Ltd',
      ' Removals Ltd',
      ' Group plc',
    ],
  ),
  // Short ones, for short columns.
  ...combine(
    words(
      'Zelvy Yarko Wendu Rosby Pirza Tamel Ovley Nidle Lumsea Exby Brenva Corda Dulmo Felza Gorby Hesko Jorva Kelda Morvy Pelko',
    ),
    [' Ltd', ' LLP', ' plc', ' Co', ' Bus', ' Van'],
  ),
];
