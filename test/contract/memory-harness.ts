import { createJwtVerifier } from "../../src/adapters/jwt/index.ts";
import { createEngine, type Engine } from "../../src/adapters/memory/engine.ts";
import { identityProviderOf } from "../../src/adapters/memory/identity-provider.ts";
import type { MemoryIdentityProviderOptions } from "../../src/adapters/memory/index.ts";
import type { User } from "../../src/adapters/memory/users/user.ts";
import type { IdentityProviderHarness } from "../../src/testing/index.ts";
import { adjustableClock } from "../adapters/memory/support.ts";
import { newDevice, passkeyVerifier } from "../adapters/webauthn/support.ts";
import { faultyPost } from "./faulty-post.ts";
import { holdableHashing } from "./held-hashing.ts";
import { newEmailUser, spellings } from "./new-email-user.ts";
import { keysToPublish } from "./published-keys.ts";
import { customChallenge, sums } from "./question.ts";

/**
 * Starts an in-memory provider with every control there is, on a clock that stands still but for them. Asks nothing of
 * the runtime that is not on all of them.
 */
export async function startMemoryHarness(
  options: MemoryIdentityProviderOptions = {},
): Promise<IdentityProviderHarness> {
  const clock = adjustableClock();
  const { onMessage, deliveryFaults, deliveries } = faultyPost();
  const { hashQueue, hashing } = holdableHashing();
  const engine = createEngine({
    clock,
    hashQueue,
    onMessage,
    hashIterations: 1,
    customChallenge: sums,
    passkeys: passkeyVerifier(),
    ...options,
  });
  const { keys, settings } = engine;
  const { issuer, clientId, refreshRotation } = settings;
  const terms = { issuer, clientIds: [clientId], clock };
  const startOther = (other: MemoryIdentityProviderOptions) => () =>
    startMemoryHarness({ ...options, ...other });
  return {
    identity: identityProviderOf(engine),
    keys,
    tokens: createJwtVerifier({ ...terms, keys }),
    controls: {
      clock,
      deliveryFaults,
      deliveries,
      customChallenge,
      authenticator: { newDevice },
      spellings,
      hashing,
      publishedKeys: keysToPublish(terms, keys),
      disabling: { disable: (username) => change(engine, username, { isEnabled: false }) },
      forcedReset: {
        demand: (username) => change(engine, username, { status: "password_reset_required" }),
      },
      groups: { create: (name) => void engine.groups.create({ name }) },
      requiredMfa: { start: startOther({ mfa: "required", mfaMethods: ["totp"] }) },
      signUpApproval: { start: startOther({ signUpApproval: true }) },
      requiredAttribute: {
        name: "given_name",
        value: "Ada",
        start: startOther({ requiredAttributes: ["given_name"] }),
      },
      ...(refreshRotation && { rotation: refreshRotation }),
    },
    newUser: newEmailUser,
    async codeFor(username, purpose) {
      const sent = engine.courier.messagesFor(username);
      const message = sent.findLast((candidate) => candidate.purpose === purpose);
      if (!message) throw new Error(`no ${purpose} code was sent`);
      return message.code;
    },
    close: async () => undefined,
  };
}

function change({ users }: Engine, username: string, changes: Partial<User>): void {
  const user = users.find(username);
  if (!user) throw new Error("no such user");
  users.put({ ...user, ...changes });
}
