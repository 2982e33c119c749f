import { digitsOf, type IsSafe } from '../detect/detector.ts';

/** What fakes look like: e-mail of example domains (RFC 2606), Ofcom's numbers for drama, postcodes in ZZ. */
export const isKnownFake: IsSafe = (detector, piece) => {
  switch (detector) {
    case 'email':
      return /@(?:[\w-]+\.)*(?:example\.(?:com|org|net)|example|test|invalid|localhost)$/i.test(piece);
    case 'phone number':
      return DRAMA.test(digitsOf(piece).replace(/^(?:(?:00)?440?|0)/, ''));
    case 'postcode':
      return /^ZZ/i.test(piece);
    default:
      return false;
  }
};

const DRAMA =
  /^(?:7700900\d{3}|1632960\d{3}|2079460\d{3}|2920180\d{3}|2896496\d{3}|3069990\d{3}|8081570\d{3}|909879\d{4}|1(?:13|14|15|16|17|18|21|31|41|51|61)4960\d{3}|1914980\d{3})$/;
