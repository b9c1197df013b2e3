import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type BetterAuthIdentityProviderOptions,
  createBetterAuthIdentityProvider,
} from "../../src/adapters/better-auth/index.ts";
import type { OutboxMessage } from "../../src/ports/index.ts";
import type { HarnessControls, IdentityProviderHarness } from "../../src/testing/index.ts";
import { quickHashing } from "../adapters/better-auth/support.ts";
import { adjustableClock } from "../adapters/memory/support.ts";
import { newEmailUser } from "./new-email-user.ts";

/** What no harness here has. */
export const betterAuthLacks = {
  rotation: "a refresh token is Better Auth's session token, which stays",
};

/** Starts Better Auth over a new SQLite file. */
export async function startSqliteHarness(): Promise<IdentityProviderHarness> {
  const folder = await mkdtemp(join(tmpdir(), "portico-better-auth-"));
  const harness = startHarness({ databaseUrl: `file:${join(folder, "users.db")}` });
  return {
    ...harness,
    async close() {
      await harness.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Starts Better Auth over a database, with every control there is, on a clock that stands still but for them. */
export function startHarness({
  databaseUrl,
}: Pick<BetterAuthIdentityProviderOptions, "databaseUrl">): IdentityProviderHarness {
  const clock = adjustableClock();
  const post = faultyPost();
  const { identity, tokens, keys, close } = createBetterAuthIdentityProvider({
    databaseUrl,
    secret: "a secret of thirty-two characters",
    sendMessage: post.sendMessage,
    groups: ["editors", "readers"],
    passwordHashing: quickHashing,
    clock,
  });
  return {
    identity,
    tokens,
    keys,
    controls: {
      clock,
      deliveryFaults: post.deliveryFaults,
      deliveries: post.deliveries,
      disabling: { disable: (username) => identity.disableUser({ username }) },
      forcedReset: { demand: (username) => identity.requirePasswordReset({ username }) },
    },
    newUser: newEmailUser,
    async codeFor(username, purpose) {
      const message = post.sent.findLast(
        (candidate) => candidate.destination === username && candidate.purpose === purpose,
      );
      if (!message) throw new Error(`no ${purpose} code was sent`);
      return message.code;
    },
    close,
  };
}

/** Sends every message but those that are to fail, and counts them by address. */
function faultyPost() {
  const sent: OutboxMessage[] = [];
  let failures = 0;
  const deliveries: HarnessControls["deliveries"] = {
    count: (address, purpose) =>
      sent.filter((message) => message.destination === address && message.purpose === purpose)
        .length,
  };
  const deliveryFaults: HarnessControls["deliveryFaults"] = {
    failNext() {
      failures += 1;
    },
  };
  function sendMessage(message: OutboxMessage): void {
    if (failures === 0) return void sent.push(message);
    failures -= 1;
    throw new Error("the message does not go out");
  }
  return { sent, sendMessage, deliveries, deliveryFaults };
}
