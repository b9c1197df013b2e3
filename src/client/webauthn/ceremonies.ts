import { type ErrorCode, PorticoError } from "../errors.ts";
import { creationOptionsOf, credentialJson, requestOptionsOf } from "./credential-json.ts";

/** JSON of Web Authentication, as the service sends and takes it. */
export type CredentialJson = { [member: string]: unknown };

/** The options of a ceremony. */
export interface CeremonyOptions {
  readonly signal?: AbortSignal | undefined;
  /** Waits for the user to pick the passkey where a browser fills fields in, instead of asking at once. */
  readonly autofill?: boolean | undefined;
}

/** A browser takes one ceremony at a time: the next one calls off the one that waits. */
let waiting: AbortController | undefined;

/**
 * Asks the browser for a passkey.
 *
 * @throws {PorticoError} `passkey_cancelled` — by the user, or by another ceremony
 * @throws {PorticoError} `passkey_unavailable` — not in this browser, or not on this page
 */
export function getPasskey(
  options: object,
  ceremony: CeremonyOptions = {},
): Promise<CredentialJson> {
  return perform(ceremony, (signal) =>
    navigator.credentials.get({
      publicKey: requestOptionsOf(options),
      signal,
      ...(ceremony.autofill && { mediation: "conditional" }),
    }),
  );
}

/**
 * Asks the browser to make a passkey.
 *
 * @throws {PorticoError} as {@link getPasskey}, and `passkey_exists` — the device has one of this account
 */
export function createPasskey(
  options: object,
  ceremony: CeremonyOptions = {},
): Promise<CredentialJson> {
  return perform(ceremony, (signal) =>
    navigator.credentials.create({ publicKey: creationOptionsOf(options), signal }),
  );
}

async function perform(
  { signal }: CeremonyOptions,
  act: (signal: AbortSignal) => Promise<Credential | null>,
): Promise<CredentialJson> {
  signal?.throwIfAborted();
  if (typeof PublicKeyCredential === "undefined") throw new PorticoError("passkey_unavailable");
  waiting?.abort();
  const controller = new AbortController();
  const abort = () => controller.abort();
  waiting = controller;
  signal?.addEventListener("abort", abort);
  try {
    const credential = await act(controller.signal);
    if (!credential) throw new PorticoError("passkey_cancelled");
    return credentialJson(credential as PublicKeyCredential);
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof PorticoError) throw cause;
    throw new PorticoError(codeOf(cause), { cause });
  } finally {
    signal?.removeEventListener("abort", abort);
    if (waiting === controller) waiting = undefined;
  }
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-createCredential and the section on getting one, for the names */
function codeOf(error: unknown): ErrorCode {
  const name = error instanceof Error ? error.name : "";
  if (name === "InvalidStateError") return "passkey_exists";
  return name === "NotAllowedError" || name === "AbortError"
    ? "passkey_cancelled"
    : "passkey_unavailable";
}
