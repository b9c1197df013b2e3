import { afterEach, describe, test } from "vitest";
import type { BetterAuthIdentityProviderOptions } from "../../../src/adapters/better-auth/index.ts";
import { createBetterAuthIdentityProvider } from "../../../src/adapters/better-auth/index.ts";
import type { OutboxMessage } from "../../../src/ports/index.ts";
import { quickHashing, secret } from "../../adapters/better-auth/support.ts";
import { probes } from "../capabilities/probes.ts";
import { type Subject, subjectOf } from "../capabilities/subject.ts";
import { capabilitiesOf } from "../capabilities/wire.ts";

type SetUp = Partial<Pick<BetterAuthIdentityProviderOptions, "signUpApproval">>;

const setUps: Readonly<Record<string, SetUp>> = {
  "as it comes": {},
  "with sign-up by approval": { signUpApproval: true },
};

const started: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((close) => close()));
});

function start(setUp: SetUp): Subject {
  const sent: OutboxMessage[] = [];
  const { identity, tokens, keys, settled, close } = createBetterAuthIdentityProvider({
    databaseUrl: "file::memory:",
    secret,
    sendMessage: (message) => void sent.push(message),
    passwordHashing: quickHashing,
    ...setUp,
  });
  started.push(close);
  const events = { record: () => undefined };
  return subjectOf({ identity, tokens, keys, events, clock: Date }, async (username, purpose) => {
    await settled();
    return sent.filter(
      (message) => message.destination === username && message.purpose === purpose,
    );
  });
}

describe.each(Object.entries(setUps))("Better Auth %s", (_name, setUp) => {
  test.each(Object.entries(probes))("says of %s what is so", async (_member, probe) => {
    const subject = start(setUp);

    await probe(subject, await capabilitiesOf(subject));
  });
});
