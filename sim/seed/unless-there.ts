/** Makes something, unless AWS says by one of these codes that it is there: a platform is adopted as it stands. */
export async function unlessThere(codes: readonly string[], make: () => Promise<unknown>): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (!(error instanceof Error && codes.includes(error.name))) {
      throw error;
    }
  }
}
