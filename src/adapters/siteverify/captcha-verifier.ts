import { IdentityError } from "../../domain/errors.ts";
import type { CaptchaProof, CaptchaVerifier } from "../../ports/index.ts";
import { readBounded } from "../shared/bounded-body.ts";
import { withinDeadline } from "../shared/deadline.ts";
import { createWorkQueue } from "../shared/work-queue.ts";

/** The questions that are under way at once, as a connection each is taken. */
const atOnce = 32;

/** The form of a token, whoever gives it: what is longer or has other characters is none, and asked about nowhere. */
const tokenForm = /^[\x21-\x7e]{1,8192}$/;

/** Words by which a service says that it does not know our secret. */
const unknownSecret = ["invalid-input-secret", "missing-input-secret", "sitekey-secret-mismatch"];

/** The word for trouble of its own. Any other is about the token, so that no token could be made that passes for trouble. */
const trouble = "internal-error";

/** The options of {@link createSiteverifyCaptcha}. */
export interface SiteverifyOptions {
  /** The address that tokens are posted to. */
  readonly url: string;
  /** The secrets that the service knows us by, the newest first. */
  readonly secrets: readonly string[];
  /** The hosts whose pages show the captcha. @default any */
  readonly hostnames?: readonly string[] | undefined;
  /** Whether the captcha was shown under the name of the operation, as its `action`. @default false */
  readonly checksAction?: boolean;
  /** The time that an answer may take, in milliseconds. @default 3000 */
  readonly timeoutMs?: number;
  /** @default the runtime's `fetch` */
  readonly fetch?: typeof fetch;
}

/** The parts of an answer that count. */
interface Verdict {
  readonly isPassed: boolean;
  readonly errors: readonly unknown[];
  readonly hostname: unknown;
  readonly action: unknown;
}

/**
 * Makes the check of a service that speaks `siteverify`, as several do. A token is good for one question there, which is
 * asked once: with the next secret only where the service did not know the one before.
 *
 * @see https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
 * @see https://docs.hcaptcha.com/#verify-the-user-response-server-side
 */
export function createSiteverifyCaptcha({
  url,
  secrets,
  hostnames,
  checksAction = false,
  timeoutMs = 3000,
  fetch: request = (...input) => fetch(...input),
}: SiteverifyOptions): CaptchaVerifier {
  const queue = createWorkQueue({ atOnce, mostWaiting: atOnce * 8, longestWaitMs: timeoutMs });

  async function ask(secret: string, { token, callerAddress }: CaptchaProof): Promise<Verdict> {
    const response = await request(url, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams({
        secret,
        response: token,
        ...(callerAddress !== undefined && { remoteip: callerAddress }),
      }),
      // workerd knows no `redirect: "error"`, and what follows a redirect would get the secret.
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    return readVerdict(response);
  }

  async function verify(proof: CaptchaProof): Promise<void> {
    for (const secret of secrets) {
      const verdict = await queue.run(() =>
        withinDeadline(ask(secret, proof), timeoutMs).catch(throwUnavailable),
      );
      if (verdict.errors.some((word) => unknownSecret.includes(String(word)))) continue;
      if (verdict.errors.includes(trouble)) throwUnavailable(new Error(`It says ${trouble}.`));
      const isOurs = hostnames?.includes(String(verdict.hostname)) ?? true;
      const isForThis = !checksAction || verdict.action === proof.operation;
      if (verdict.isPassed && isOurs && isForThis) return;
      throw new IdentityError("rejected_by_policy", { detail: refused });
    }
    throw new IdentityError("provider_misconfigured", {
      cause: new Error("The captcha service knows none of the secrets."),
    });
  }

  return {
    async verify(proof) {
      if (!tokenForm.test(proof.token))
        throw new IdentityError("rejected_by_policy", { detail: refused });
      await verify(proof);
    },
  };
}

const refused = "The captcha was not passed, or is too old: it has to be passed again.";

/** Reads an answer. An address where nobody speaks `siteverify` is a fault of whoever set it. */
async function readVerdict({ status, body }: Response): Promise<Verdict> {
  if (status === 429 || status >= 500 || !body) {
    await body?.cancel();
    throw new Error(`The captcha service answered with status ${status}.`);
  }
  const { success, hostname, action, ...others } = parse(await readBounded(body));
  if (typeof success !== "boolean")
    throw new IdentityError("provider_misconfigured", {
      cause: new Error(`The captcha service's address answered ${status} and no verdict.`),
    });
  const { "error-codes": errors } = others;
  return {
    isPassed: success,
    errors: !success && Array.isArray(errors) ? errors : [],
    hostname,
    action,
  };
}

function parse(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    // The error may quote the request.
    return {};
  }
}

/** Blames no caller for trouble of the service, whatever it was. */
function throwUnavailable(cause: unknown): never {
  if (cause instanceof IdentityError) throw cause;
  throw new IdentityError("provider_unavailable", { cause });
}
