import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type BetterAuthIdentityProviderOptions,
  createBetterAuthIdentityProvider,
} from "../../src/adapters/better-auth/index.ts";
import type { OutboxMessage } from "../../src/ports/index.ts";
import type { IdentityProviderHarness } from "../../src/testing/index.ts";
import { quickHashing, secret } from "../adapters/better-auth/support.ts";
import { adjustableClock } from "../adapters/memory/support.ts";
import { faultyPost } from "./faulty-post.ts";
import { holdableHashing } from "./held-hashing.ts";
import { newEmailUser, spellings } from "./new-email-user.ts";
import { keysToPublish } from "./published-keys.ts";

/** What it declares, and what no harness of it has. */
export const betterAuthLimits = {
  capabilities: [
    "sign_up",
    "sign_out",
    "sign_out_everywhere",
    "password_recovery",
    "password_change",
    "profile",
    "totp_mfa",
    "email_code_sign_in",
    "session_list",
    "administration",
    "groups",
    "password_change_keeps_session",
    "confirmation_password",
    "challenge_code_resend",
    "recovery_codes",
  ],
  lacks: {
    rotation: "a refresh token is Better Auth's session token, which stays",
    requiredMfa: "nobody has to have a second factor",
    requiredAttribute: "no attribute is required but the address",
  },
} as const;

type Options = Partial<Pick<BetterAuthIdentityProviderOptions, "signUpApproval">>;

/** Starts Better Auth over a new SQLite file. */
export async function startSqliteHarness(options: Options = {}): Promise<IdentityProviderHarness> {
  const folder = await mkdtemp(join(tmpdir(), "portico-better-auth-"));
  const harness = startHarness(`file:${join(folder, "users.db")}`, options);
  return {
    ...harness,
    async close() {
      await harness.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Starts Better Auth over a database, with every control there is, on a clock that stands still but for them. */
export function startHarness(databaseUrl: string, options: Options = {}): IdentityProviderHarness {
  const clock = adjustableClock();
  const { onMessage, deliveryFaults, deliveries } = faultyPost();
  const { hashQueue, hashing } = holdableHashing();
  const sent: OutboxMessage[] = [];
  let reported = 0;
  const groups: string[] = ["everyone"];
  const { identity, tokens, keys, issuer, clientId, settled, close } =
    createBetterAuthIdentityProvider({
      databaseUrl,
      secret,
      sendMessage(message) {
        onMessage(message);
        sent.push(message);
      },
      onDeliveryFailure: () => {
        reported += 1;
      },
      groups,
      passwordHashing: quickHashing,
      hashQueue,
      timeoutMs: 30_000,
      clock,
      ...options,
    });
  return {
    identity,
    tokens,
    keys,
    controls: {
      clock,
      deliveryFaults: { ...deliveryFaults, reported: () => settled().then(() => reported) },
      deliveries: {
        count: (username, purpose) => settled().then(() => deliveries.count(username, purpose)),
      },
      disabling: { disable: (username) => identity.disableUser({ username }) },
      forcedReset: { demand: (username) => identity.requirePasswordReset({ username }) },
      groups: { create: (name) => void groups.push(name) },
      spellings,
      hashing,
      publishedKeys: keysToPublish({ issuer, clientIds: [clientId], clock }, keys),
      signUpApproval: { start: () => startSqliteHarness({ signUpApproval: true }) },
    },
    newUser: newEmailUser,
    async codeFor(username, purpose) {
      await settled();
      return lastCode(sent, username, purpose);
    },
    close,
  };
}

/** A user's messages go to their address, but for those that prove another one. */
function lastCode(
  sent: readonly OutboxMessage[],
  username: string,
  purpose: OutboxMessage["purpose"],
): string {
  const subject = sent.findLast((message) => message.destination === username)?.username;
  const message = sent.findLast(
    (candidate) => candidate.username === (subject ?? username) && candidate.purpose === purpose,
  );
  if (!message) throw new Error(`no ${purpose} code was sent`);
  return message.code;
}
