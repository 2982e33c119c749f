// Names come in any case, with or without the last dot, and with `\ooo` for characters; they are kept lower-case,
// unescaped and with the dot, and go out with everything but a-z, 0-9, `-`, `_` and `.` as `\ooo`
// (Route 53 Developer Guide, "DNS domain name format").

export function normalised(name: string): string {
  const plain = name.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  return plain.endsWith('.') ? plain.toLowerCase() : `${plain.toLowerCase()}.`;
}

/** `*.example.com.` as the API writes it: `\052.example.com.` */
export function escaped(name: string): string {
  return name.replace(/[^a-z0-9\-_.]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

/** What is wrong with the length of a name or of one of its labels, in the service's words. */
export function lengthProblem(name: string): string | undefined {
  const labels = name.slice(0, -1).split('.');
  if (labels.includes('')) {
    return `FATAL problem: DomainLabelEmpty (Domain label is empty) encountered with '${escaped(name)}'`;
  }
  if (labels.some((label) => label.length > 63)) {
    return `FATAL problem: DomainLabelTooLong (Domain label is too long) encountered with '${escaped(name)}'`;
  }
  if (name.length > 255) {
    return `FATAL problem: DomainNameTooLong (Domain name is too long) encountered with '${escaped(name)}'`;
  }
  return undefined;
}

/** Whether `name` is the domain or lies under it. */
export function isWithin(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}

/** Sorts names as ListResourceRecordSets does: by label, from the last to the first. */
export function sortKeyOf(name: string): string {
  return escaped(name).split('.').toReversed().join('\u0000');
}
