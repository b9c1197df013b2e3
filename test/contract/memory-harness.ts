import { setImmediate } from "node:timers/promises";
import { createJwtVerifier } from "../../src/adapters/jwt/index.ts";
import { createEngine, type Engine } from "../../src/adapters/memory/engine.ts";
import { identityOver } from "../../src/adapters/memory/identity-provider.ts";
import type { MemoryIdentityProviderOptions } from "../../src/adapters/memory/index.ts";
import type { User } from "../../src/adapters/memory/users.ts";
import type { OutboxMessage } from "../../src/ports/index.ts";
import type { HarnessControls, IdentityProviderHarness } from "../../src/testing/index.ts";
import { adjustableClock } from "../adapters/memory/support.ts";
import { newEmailUser } from "./new-email-user.ts";

/** Starts an in-memory provider with every control there is, on a clock that stands still but for them. */
export async function startMemoryHarness({
  refreshRotation,
}: Pick<MemoryIdentityProviderOptions, "refreshRotation"> = {}): Promise<IdentityProviderHarness> {
  const clock = adjustableClock();
  const { onMessage, deliveryFaults, deliveries } = faultyPost();
  const engine = createEngine({
    clock,
    onMessage,
    hashIterations: 1,
    pause: unevenPause(),
    ...(refreshRotation && { refreshRotation }),
  });
  const { keys, settings } = engine;
  const { issuer, clientId } = settings;
  return {
    identity: identityOver(engine),
    keys,
    tokens: createJwtVerifier({ issuer, clientIds: [clientId], keys, clock }),
    controls: {
      clock,
      deliveryFaults,
      deliveries,
      disabling: { disable: (username) => change(engine, username, { isEnabled: false }) },
      forcedReset: { demand: (username) => change(engine, username, { status: "password_reset_required" }) },
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

/** Sends every message but those that are to fail, and counts them by address. */
function faultyPost() {
  const posted: OutboxMessage[] = [];
  let failures = 0;
  const deliveries: HarnessControls["deliveries"] = {
    count: (address, purpose) =>
      posted.filter((message) => message.destination === address && message.purpose === purpose)
        .length,
  };
  const deliveryFaults: HarnessControls["deliveryFaults"] = {
    failNext() {
      failures += 1;
    },
  };
  function onMessage(message: OutboxMessage): void {
    if (failures === 0) return void posted.push(message);
    failures -= 1;
    throw new Error("the message does not go out");
  }
  return { onMessage, deliveryFaults, deliveries };
}

/** Lets others run for a few turns, never as many in a row, so that what depends on the order shows. */
function unevenPause(): () => Promise<void> {
  let calls = 0;
  return async () => {
    calls += 1;
    for (let turns = (calls * 7) % 5; turns > 0; turns -= 1) await setImmediate();
  };
}
