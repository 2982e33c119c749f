import { combine, words } from './combine.ts';

/**
 * Family names that sound like those of Great Britain, Ireland, South Asia and Poland, put together so that hardly
 * anybody has them: an original name that survives is not taken for one of these. ASCII.
 */
export const FAMILY_NAMES: readonly string[] = [
  ...combine(words('Ash Bram Cald Dray Elm Fern Gors Hathe Lang Marl Oak Quarr Rams Sedge Thorn Whin'), [
    'wick',
    'combe',
    'thwaite',
    'stowe',
    'mere',
  ]),
  ...combine(words('Pen Tre Llan Nant Bryn Cefn Aber'), ['wernog', 'hafren', 'gwili', 'ddolen', 'eirlys']),
  ...combine(words("O'Bal O'Clar O'Dor O'Fin O'Gar O'Kel"), ['veenan', 'righan', 'naghty', 'laverty']),
  ...combine(
    words('Mac'),
    words('Tarran Ildoon Orrin Fergil Lorne Strathan Birnie Corran Durran Eachan Garvock Torrie'),
  ),
  ...combine(words('Vir Raj Bhan Chand Dev Kir Man Nav Sur Tej'), ['avani', 'endhari', 'akhosla', 'umalik']),
  ...combine(words('Brzos Chmiel Dobros Grab Jawor Kalin Lesz Malin Sobol Wierz'), ['orzycki', 'enkowicz', 'awiecki']),
  // Short ones, for short columns.
  ...combine(words('Bre Cor Dar Fel Gar Hol Jor Kel Lor Mor Nor Pel'), ['vy', 'ko', 'du', 'za', 'bel']),
];
