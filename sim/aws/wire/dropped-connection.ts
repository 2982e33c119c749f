/** Thrown by a guard: the connection ends without an answer, as when a network fails. */
export class DroppedConnection extends Error {
  override readonly name = 'DroppedConnection';
}
