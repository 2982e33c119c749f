/** A file that is no changelog, or none that can be read: what is said of it after its name. */
export class Unreadable extends Error {}
