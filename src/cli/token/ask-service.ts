import { readBounded } from "../../adapters/shared/bounded-body.ts";
import { isJsonObject, type JsonObject } from "../../adapters/shared/json-object.ts";
import { isTrustworthyUrl } from "../../adapters/shared/secure-url.ts";
import type { TokenRejection } from "../../domain/errors.ts";
import { UsageError } from "../command.ts";
import { explain } from "./explain.ts";
import { partsOf } from "./summary.ts";
import { lifeOf } from "./times.ts";
import type { Verdict } from "./verdict.ts";

const timeoutMs = 15_000;

/** Shows a token to a running service, and tells what that says of it. */
export async function askService(token: string, address: string): Promise<Verdict> {
  if (!URL.canParse(address) || !isTrustworthyUrl(new URL(address)))
    throw new UsageError("--url takes an https address, or http on this machine.");
  const base = address.replace(/\/$/, "");
  let answer: Answer;
  try {
    answer = await get(`${base}/v1/session`, { Authorization: `Bearer ${oneLine(token)}` });
  } catch (error) {
    return unknown(`${base} does not answer (${reasonIn(error)}).`);
  }
  const { status, body, challenge } = answer;
  if (status === 200 && "sub" in body)
    return { outcome: "accepted", message: `the service takes it, and ${lifeOf(partsOf(token))}.` };
  const rejection = rejectionIn(challenge);
  if (status === 401 && rejection) {
    const issuer = rejection === "wrong_issuer" ? await issuerAt(base) : undefined;
    return explain(rejection, undefined, partsOf(token), { issuer });
  }
  if (status === 400 && body.code === "malformed_request")
    return explain("malformed", undefined, undefined, {});
  const code = typeof body.code === "string" ? ` ${body.code}` : "";
  return unknown(`${base} answered ${status}${code}, as no service of this kind does to a token.`);
}

interface Answer {
  readonly status: number;
  readonly body: JsonObject;
  readonly challenge: string;
}

async function get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  // Followed, a redirect would take the token along to wherever it points.
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(url, { headers, redirect: "manual", signal });
  const bytes = response.body ? await readBounded(response.body) : new Uint8Array();
  return {
    status: response.status,
    body: objectIn(new TextDecoder().decode(bytes)),
    challenge: response.headers.get("WWW-Authenticate") ?? "",
  };
}

/** Gives the issuer that a service says it takes tokens of (RFC 9728 section 3.2). */
async function issuerAt(base: string): Promise<string | undefined> {
  try {
    const { body } = await get(`${base}/.well-known/oauth-protected-resource`);
    const [issuer] = Array.isArray(body.authorization_servers) ? body.authorization_servers : [];
    return typeof issuer === "string" ? issuer : undefined;
  } catch {
    return undefined;
  }
}

/** The reasons that a service tells in its challenge; all others are no words of its. */
const rejections: Readonly<Record<TokenRejection, true>> = {
  malformed: true,
  unsupported_algorithm: true,
  unknown_key: true,
  bad_signature: true,
  expired: true,
  not_yet_valid: true,
  wrong_issuer: true,
  wrong_client: true,
  wrong_use: true,
  invalid_claims: true,
  revoked: true,
  invalid_proof: true,
  nonce_required: true,
};

function rejectionIn(challenge: string): TokenRejection | undefined {
  const word = /error_description="(\w+)"/.exec(challenge)?.[1];
  const all = Object.keys(rejections) as TokenRejection[];
  return all.find((one) => one === word);
}

/** A header takes one line of visible characters: what has others is no token, and the service is to say so. */
function oneLine(token: string): string {
  return token.replaceAll(/[^\x21-\x7e]/g, "?");
}

function objectIn(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** The reason is in the cause where `fetch` throws, by a code of the system's or in words. */
function reasonIn(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const { message } = cause instanceof Error ? cause : new Error(String(cause));
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : message;
  return code.replaceAll(/[^\x20-\x7e]/g, "?");
}

function unknown(message: string): Verdict {
  return { outcome: "unknown", message };
}
