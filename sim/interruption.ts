/**
 * Resolves when a person ends the program: Ctrl-C, or SIGTERM. Both stay caught from then on, because npm passes a
 * Ctrl-C on that the terminal has sent already, and the second must not kill a program that is tidying up.
 */
export async function interruption(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.on('SIGINT', () => resolve());
    process.on('SIGTERM', () => resolve());
  });
}
