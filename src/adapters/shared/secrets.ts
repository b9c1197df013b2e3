/** One secret, or several, the newest first: it is what new things are made with, and the others are good for what was made before. */
export type Secrets = string | readonly string[];

/** Gives the secrets, the newest first. */
export function secretsOf(secrets: Secrets | undefined): readonly string[] {
  if (secrets === undefined) return [];
  return typeof secrets === "string" ? [secrets] : secrets;
}
