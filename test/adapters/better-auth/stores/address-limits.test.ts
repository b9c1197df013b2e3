import { describe, expect, test } from "vitest";
import { ada, outcomeOf, signIn, startWithAda, tokensOf } from "../support.ts";

const hour = 3600;
const attribute = "email";

/** Starts a provider with Ada signed in, and ways to begin with an address and to guess its code. */
async function startWithGuesses() {
  const started = await startWithAda();
  const { accessToken } = await signIn(started);
  const { identity, lastCode } = started;
  const change = (email: string) =>
    outcomeOf(identity.updateAttributes({ accessToken, attributes: { email } }));
  const confirm = (code: string) =>
    outcomeOf(identity.confirmAttribute({ accessToken, attribute, code }));
  const guess = () => confirm(lastCode() === "000000" ? "000001" : "000000");
  return { ...started, accessToken, change, confirm, guess };
}

/** Signs a user up and in, and gives the access token. */
async function newcomer(
  { identity, lastCode }: Awaited<ReturnType<typeof startWithAda>>,
  name: string,
) {
  const user = { ...ada, username: `${name}@example.com` };
  await identity.signUp(user);
  await identity.confirmSignUp({ ...user, code: lastCode() });
  return tokensOf(await identity.signIn(user)).accessToken;
}

describe("the address of another, with Better Auth", () => {
  test("is guessed at fifteen times an hour, however often one begins anew", async () => {
    const { change, guess, confirm, lastCode, clock } = await startWithGuesses();
    const outcomes: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      await change(`victim${round}@example.com`);
      for (let times = 0; times < 4; times += 1) outcomes.push(await guess());
    }

    const right = await confirm(lastCode());
    clock.advance(hour);

    expect(outcomes).toEqual([
      ...Array(15).fill("code_mismatch"),
      ...Array(5).fill("too_many_attempts"),
    ]);
    expect(right).toBe("too_many_attempts");
    expect(await confirm(lastCode())).toBe("done");
  });

  test("is sent five messages an hour, by a change or by asking again", async () => {
    const { identity, accessToken, change, sent, clock } = await startWithGuesses();
    const victim = "victim@example.com";
    const before = sent.length;

    const outcomes = [await change(victim), await change(victim)];
    for (let times = 0; times < 4; times += 1)
      outcomes.push(
        await outcomeOf(identity.startAttributeVerification({ accessToken, attribute })),
      );

    expect(outcomes).toEqual([...Array(5).fill("done"), "too_many_attempts"]);
    expect(sent).toHaveLength(before + 5);
    clock.advance(hour);
    expect(await change(victim)).toBe("done");
  });

  test("is sent no more by several accounts together", async () => {
    const started = await startWithAda();
    const { identity, sent } = started;
    const attributes = { email: "victim@example.com" };
    const outcomes: string[] = [];
    for (const name of ["bob", "carol", "dan"]) {
      const accessToken = await newcomer(started, name);
      for (let times = 0; times < 2; times += 1)
        outcomes.push(await outcomeOf(identity.updateAttributes({ accessToken, attributes })));
    }

    expect(outcomes).toEqual([...Array(5).fill("done"), "too_many_attempts"]);
    const received = sent.filter(({ destination }) => destination === attributes.email);
    expect(received).toHaveLength(5);
  });

  test("takes no share of guesses away by a right code, nor by one that is repeated", async () => {
    const { change, confirm, guess, lastCode } = await startWithGuesses();
    await change("one@example.com");
    const code = lastCode();
    await confirm(code);
    for (let times = 0; times < 20; times += 1) await confirm(code);
    await change("two@example.com");

    expect(await guess()).toBe("code_mismatch");
    expect(await confirm(lastCode())).toBe("done");
  });
});

describe("codes with Better Auth", () => {
  test("of a reset are guessed at twenty times an hour, however many are sent", async () => {
    const { identity, lastCode } = await startWithAda();
    const outcomes: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      await identity.startPasswordReset(ada);
      const code = lastCode() === "000000" ? "000001" : "000000";
      for (let times = 0; times < 5; times += 1)
        outcomes.push(
          await outcomeOf(identity.resetPassword({ ...ada, code, newPassword: ada.password })),
        );
    }

    expect(outcomes).toEqual([
      ...Array(20).fill("code_mismatch"),
      ...Array(5).fill("too_many_attempts"),
    ]);
  });
});
