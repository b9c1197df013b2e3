import { sha256 } from "../../shared/digest.ts";

/** A call that is to be signed: a POST to the API of user pools. */
export interface UnsignedCall {
  readonly url: string;
  /** By their names in lower case, without those that the signature brings. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Who signs, and where and when that is good. */
export interface SigningTerms {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly region: string;
  /** In milliseconds since the epoch. AWS takes a signature for five minutes. */
  readonly at: number;
}

/**
 * Gives the headers of a call with its signature among them, which is over all of them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function signedHeaders(
  { url, headers, body }: UnsignedCall,
  { accessKeyId, secretAccessKey, sessionToken, region, at }: SigningTerms,
): Promise<Record<string, string>> {
  const { host, pathname } = new URL(url);
  const time = new Date(at).toISOString().replaceAll(/[:-]|\.\d+/g, "");
  const sent = {
    ...headers,
    "x-amz-date": time,
    ...(sessionToken !== undefined && { "x-amz-security-token": sessionToken }),
  };
  const lines = Object.entries({ ...sent, host }).sort(([one], [other]) => (one < other ? -1 : 1));
  const names = lines.map(([name]) => name).join(";");
  const fields = lines.map(([name, value]) => `${name}:${value}`);
  const request = ["POST", pathname, "", ...fields, "", names, await digestOf(body)].join("\n");
  const scope = [time.slice(0, 8), region, "cognito-idp", "aws4_request"];
  const text = ["AWS4-HMAC-SHA256", time, scope.join("/"), await digestOf(request)].join("\n");
  let key = bytesOf(`AWS4${secretAccessKey}`);
  for (const part of [...scope, text]) key = await hmac(key, part);
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope.join("/")}, SignedHeaders=${names}, Signature=${hexOf(key)}`;
  return { ...sent, authorization };
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function digestOf(text: string): Promise<string> {
  return hexOf(await sha256(bytesOf(text)));
}

async function hmac(key: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, bytesOf(text)));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
