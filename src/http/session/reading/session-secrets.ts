/** As the setting of the service has it. */
const form = /^[\w.-]{32,256}$/;

/**
 * Reads the secrets that cookies of sessions are sealed with, as `SESSION_SECRETS` has them.
 *
 * @throws {TypeError} there is none, or one that no service would take: which, and never its value
 */
export function sessionSecrets(given: string | readonly string[] | undefined): readonly string[] {
  const secrets =
    typeof given === "string" ? given.split(",").map((secret) => secret.trim()) : (given ?? []);
  if (secrets.length === 0 || given === "") {
    throw new TypeError("secrets is required: SESSION_SECRETS as the service has it.");
  }
  const wrong = secrets.findIndex((secret) => !form.test(secret));
  if (wrong !== -1) {
    const which = secrets.length === 1 ? "The secret" : `Secret ${wrong + 1} of ${secrets.length}`;
    throw new TypeError(
      `${which} is none: SESSION_SECRETS has secrets of 32 to 256 letters, digits, - . _`,
    );
  }
  return secrets;
}
