import { IdentityError } from "../../domain/errors.ts";
import { demandPlainAddress } from "../../domain/plain-address.ts";
import type { Courier } from "../../ports/index.ts";
import { withinDeadline } from "../shared/deadline.ts";

/** The options of {@link createMailServiceCourier}. */
export interface MailServiceOptions {
  /** The address that mails are posted to. */
  readonly url: string;
  /** Sent along as a bearer token. @default none is */
  readonly token?: string | undefined;
  /** The sender, as `From` has it: an address, or a name and an address in angle brackets. */
  readonly from: string;
  /** The time that the service may take, in milliseconds. @default 8000 */
  readonly timeoutMs?: number;
  /** @default the runtime's `fetch` */
  readonly fetch?: typeof fetch;
}

/** Answers by which a service says that the same may be taken later. All others are about the mail, or about us. */
const passing: readonly number[] = [408, 425, 429];

/**
 * Makes a courier of a mail service that takes JSON by HTTP: `id`, `from`, `to`, `subject`, `text`, `html` and `language`,
 * with the id as `Idempotency-Key`. Any 2xx says that it was taken. It runs wherever there is `fetch`.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header-07
 */
export function createMailServiceCourier({
  url,
  token,
  from,
  timeoutMs = 8_000,
  fetch: request = (...input) => fetch(...input),
}: MailServiceOptions): Courier {
  async function post(id: string, content: string): Promise<number> {
    const response = await request(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "Idempotency-Key": id,
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
      body: content,
      // workerd knows no `redirect: "error"`, and what follows a redirect would get the code.
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    // Not waited for, as it may never end.
    response.body?.cancel().catch(() => undefined);
    return response.status;
  }

  return {
    async send(mail) {
      demandPlainAddress(mail.to);
      const content = JSON.stringify({ from, ...mail });
      const status = await withinDeadline(post(mail.id, content), timeoutMs).catch((cause) => {
        throw new IdentityError("provider_unavailable", { cause });
      });
      if (status >= 200 && status < 300) return;
      const cause = new Error(`The mail service answered ${status}.`);
      const isPassing = status >= 500 || passing.includes(status);
      throw new IdentityError(isPassing ? "provider_unavailable" : "delivery_failed", { cause });
    },
  };
}
