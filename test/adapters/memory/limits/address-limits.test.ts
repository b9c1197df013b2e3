import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createInterleaving } from "../../../../src/adapters/memory/index.ts";
import { ada, countOutcomes, createProvider, outcomesOf, signUpAndIn } from "../support.ts";

const hour = 3600;
const tokenSeconds = { access: 2 * hour };
const victim = "victim@example.com";

describe("the address of another", () => {
  it("is sent five messages an hour, by a change or by asking again", async () => {
    const provider = createProvider({ tokenSeconds });
    const { accessToken } = await signUpAndIn(provider);
    const { identity, clock, outbox } = provider;
    const change = () => identity.updateAttributes({ accessToken, attributes: { email: victim } });
    const ask = () => identity.startAttributeVerification({ accessToken, attribute: "email" });

    const outcomes = [...(await outcomesOf(2, change)), ...(await outcomesOf(4, ask))];

    expect(outcomes).toEqual([...Array(5).fill("done"), `too_many_attempts for ${hour} s`]);
    const received = outbox.messagesFor(ada.username).filter((sent) => sent.destination === victim);
    expect(received).toHaveLength(5);
    clock.advance(hour);
    expect(await outcomesOf(1, change)).toEqual(["done"]);
  });

  it("is sent no more by several accounts together, in whatever letters it is written", async () => {
    const provider = createProvider();
    const outcomes: string[] = [];
    for (const name of ["bob", "carol", "dan"]) {
      const user = { ...ada, username: `${name}@example.com` };
      const { accessToken } = await signUpAndIn(provider, user);
      for (const email of [victim, victim.toUpperCase()])
        outcomes.push(
          ...(await outcomesOf(1, () =>
            provider.identity.updateAttributes({ accessToken, attributes: { email } }),
          )),
        );
    }

    expect(outcomes).toEqual([...Array(5).fill("done"), `too_many_attempts for ${hour} s`]);
  });

  it("takes no share of the messages to one that is proven", async () => {
    const provider = createProvider({ tokenSeconds });
    const { accessToken } = await signUpAndIn(provider);
    const ask = () =>
      provider.identity.startAttributeVerification({ accessToken, attribute: "email" });
    await outcomesOf(5, ask);
    const other = await signUpAndIn(provider, { ...ada, username: "bob@example.com" });
    await provider.identity.updateAttributes({
      accessToken: other.accessToken,
      attributes: { email: "bobby@example.com" },
    });

    expect(await outcomesOf(1, ask)).toEqual([`too_many_attempts for ${hour} s`]);
    provider.clock.advance(hour);
    expect(await outcomesOf(5, ask)).toEqual(Array(5).fill("done"));
  });

  it("is sent no more by several accounts at once", async () => {
    const provider = createProvider({ pause: createInterleaving(5, setImmediate) });
    const attributes = { email: victim };
    const tokens: string[] = [];
    for (let index = 0; index < 10; index += 1) {
      const user = { ...ada, username: `user${index}@example.com` };
      tokens.push((await signUpAndIn(provider, user)).accessToken);
    }

    const counts = await countOutcomes(tokens.length, (index) =>
      provider.identity.updateAttributes({ accessToken: tokens[index] ?? "", attributes }),
    );

    expect(counts).toEqual({ done: 5, [`too_many_attempts for ${hour} s`]: 5 });
  });
});
