import { createLogParts } from './log-parts.ts';
import type { SignedShape } from './source-shape.ts';

const PARTS = createLogParts('mayfly-shape');

/** The shape of a source as lines of a log, as its passport stands there. */
export function shapeLines(signed: SignedShape): string[] {
  return PARTS.lines(signed);
}

/** The last whole one that stands in a log's lines; undefined when there is none. */
export function shapeIn(lines: readonly string[]): SignedShape | undefined {
  return PARTS.lastIn(lines);
}

export function isShapeLine(line: string): boolean {
  return PARTS.isLine(line);
}
