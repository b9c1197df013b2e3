/** The headers of one webhook. */
export type WebhookHeaders = Readonly<
  Record<`webhook-${"id" | "timestamp" | "signature"}`, string>
>;

/** The form of a secret: 24 to 64 bytes in Base64, behind a mark. */
export const webhookSecretPattern = /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/;

/**
 * Makes a signer that signs with each of some secrets, so that a receiver may have any of them.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
 */
export function createSigner(
  secrets: readonly string[],
): (id: string, nowMs: number, payload: string) => Promise<WebhookHeaders> {
  let keys: Promise<readonly CryptoKey[]> | undefined;
  return async (id, nowMs, payload) => {
    keys ??= Promise.all(secrets.map(keyOf));
    const timestamp = String(Math.floor(nowMs / 1000));
    const message = new TextEncoder().encode(`${id}.${timestamp}.${payload}`);
    const signatures = (await keys).map(async (key) => {
      const signature = await crypto.subtle.sign("HMAC", key, message);
      return `v1,${btoa(String.fromCharCode(...new Uint8Array(signature)))}`;
    });
    return {
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": (await Promise.all(signatures)).join(" "),
    };
  };
}

function keyOf(secret: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(atob(secret.slice("whsec_".length)), (char) => char.charCodeAt(0));
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}
