/** What happened, in lines with the real time and the simulated one, for whoever has to find out why. */
export interface Chronicle {
  tell(line: string): void;
  readonly lines: readonly string[];
}

export function beginChronicle(now: () => Date): Chronicle {
  const beganAt = performance.now();
  const lines: string[] = [];
  return {
    tell(line) {
      const seconds = ((performance.now() - beganAt) / 1000).toFixed(1).padStart(6);
      lines.push(`${seconds} s  ${now().toISOString().slice(11, 19)}  ${line}`);
    },
    lines,
  };
}
