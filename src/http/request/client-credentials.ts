import { IdentityError } from "../../domain/errors.ts";

/** A client that authenticates by HTTP Basic. Neither member has anything in it that a form would encode. */
export interface ClientCredentials {
  readonly id: string;
  /** Or several, any of which will do while one takes the place of another. */
  readonly secret: string | readonly string[];
}

const credentials = /^basic +([A-Za-z0-9+/]+={0,2})$/i;

/**
 * Expects the `Authorization` header of the one client that there is.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 * @throws {IdentityError} `not_supported` — there is no client
 * @throws {IdentityError} `invalid_client` — no credentials, or not the client's
 */
export async function authenticateClient(
  header: string | undefined,
  client: ClientCredentials | undefined,
): Promise<void> {
  if (!client) {
    throw new IdentityError("not_supported", { detail: "No client is set up for this." });
  }
  const sent = credentials.exec(header ?? "")?.[1];
  const shown = decoded(sent ?? "");
  const secrets = typeof client.secret === "string" ? [client.secret] : client.secret;
  const isSecret = await Promise.all(
    secrets.map((secret) => isSame(shown, `${client.id}:${secret}`)),
  );
  if (!isSecret.includes(true)) throw new IdentityError("invalid_client");
}

/** Decodes Base64. A text that is none becomes an empty one, which is no client's. */
function decoded(text: string): string {
  try {
    return atob(text);
  } catch {
    return "";
  }
}

/** Compares digests, each byte of them, so that the time it takes says nothing of how much was right. */
export async function isSame(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([digest(one), digest(other)]);
  return a.reduce((difference, byte, index) => difference | (byte ^ (b[index] ?? 0)), 0) === 0;
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}
