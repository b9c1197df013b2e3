import { describe, expect, it } from "vitest";
import type { MemoryIdentityProviderOptions } from "../../../../src/adapters/memory/index.ts";
import {
  ada,
  createProvider,
  lastCode,
  newPassword,
  otherCode,
  outcomeOf,
  outcomesOf,
  signIn,
  signUpAndIn,
  signUpConfirmed,
  type TestProvider,
} from "../support.ts";

const newEmail = "ada@lovelace.example";

async function start(options: MemoryIdentityProviderOptions = {}) {
  const provider = createProvider(options);
  const { accessToken } = await signUpAndIn(provider);
  const { identity } = provider;
  return {
    provider,
    identity,
    accessToken,
    update: (attributes: Record<string, string>) =>
      identity.updateAttributes({ accessToken, attributes }),
    confirm: (code: string, attribute = "email") =>
      identity.confirmAttribute({ accessToken, attribute, code }),
    attributes: async () => (await identity.getProfile({ accessToken })).attributes,
  };
}

function signInUnder(provider: TestProvider, username: string) {
  return outcomeOf(provider.identity.signIn({ username, password: ada.password }));
}

describe("attributes", () => {
  it("are set, and deleted by a blank value", async () => {
    const { update, attributes } = await start();
    await update({ name: "Ada", "custom:tenant": "42" });

    const deliveries = await update({ name: "Countess", "custom:tenant": "" });

    expect(deliveries).toEqual([]);
    expect(await attributes()).toEqual({
      email: ada.username,
      email_verified: true,
      name: "Countess",
    });
  });

  it.each([
    ["sub", "x", "attribute_not_writable"],
    ["email_verified", "true", "attribute_not_writable"],
    ["email_verified", "", "attribute_not_writable"],
    ["shoe_size", "38", "attribute_not_writable"],
    ["dev:custom:rank", "7", "attribute_not_writable"],
    ["birthdate", "yesterday", "validation_failed"],
    ["email", "nowhere", "validation_failed"],
    ["email", "", "validation_failed"],
    ["name", "", "validation_failed"],
  ])("are left alone when %s is set to '%s'", async (name, value, code) => {
    const user = { ...ada, attributes: { name: "Ada" } };
    const provider = createProvider({ requiredAttributes: ["name"] });
    await signUpConfirmed(provider, user);
    const { accessToken } = await signIn(provider, user);
    const before = await provider.identity.getProfile({ accessToken });

    const outcome = await outcomeOf(
      provider.identity.updateAttributes({
        accessToken,
        attributes: { nickname: "A", [name]: value },
      }),
    );

    expect(outcome).toBe(code);
    expect(await provider.identity.getProfile({ accessToken })).toEqual(before);
  });

  it("that are required are asked for at the sign-up", async () => {
    const provider = createProvider({ requiredAttributes: ["name", "birthdate"] });

    const signingUp = provider.identity.signUp({ ...ada, attributes: { name: "Ada" } });

    await expect(signingUp).rejects.toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["attributes", "birthdate"], reason: "required" }],
    });
  });

  it("keep the address that a second factor goes to", async () => {
    const provider = createProvider({ signInModel: "username" });
    const { identity } = provider;
    const user = { ...ada, username: "ada", attributes: { email: ada.username } };
    const { accessToken } = await signUpAndIn(provider, user);
    const remove = () => identity.updateAttributes({ accessToken, attributes: { email: "" } });
    await identity.setMfa({ accessToken, enabled: ["email_code"] });
    const inUse = await outcomeOf(remove());
    await identity.setMfa({ accessToken, enabled: [] });

    expect([inUse, await outcomeOf(remove())]).toEqual(["validation_failed", "done"]);
  });
});

describe("a new e-mail address", () => {
  it("counts only once it was proven, and then the old one signs nobody in", async () => {
    const { provider, update, confirm, attributes } = await start();

    const deliveries = await update({ email: newEmail });
    const before = [await attributes(), await signInUnder(provider, newEmail)];
    await confirm(lastCode(provider, ada.username, "attribute_verification"));

    expect(deliveries).toEqual([
      { attribute: "email", delivery: { medium: "email", destination: "a***@l***" } },
    ]);
    expect(before).toEqual([{ email: ada.username, email_verified: true }, "invalid_credentials"]);
    expect(await attributes()).toEqual({ email: newEmail, email_verified: true });
    expect(await signInUnder(provider, ada.username)).toBe("invalid_credentials");
    expect(await signInUnder(provider, newEmail)).toBe("done");
  });

  it("counts at once where it need not be proven first, and is not taken for proven", async () => {
    const { provider, update, confirm, attributes } = await start({ verifyBeforeUpdate: false });

    await update({ email: newEmail });
    const before = await attributes();
    await confirm(lastCode(provider, newEmail, "attribute_verification"));

    expect(before).toEqual({ email: newEmail, email_verified: false });
    expect(await attributes()).toEqual({ email: newEmail, email_verified: true });
    expect(await signInUnder(provider, newEmail)).toBe("done");
  });

  it("leaves the old one free for others, who share nothing with the account", async () => {
    const { provider, update, confirm } = await start();
    await update({ email: newEmail });
    await confirm(lastCode(provider, ada.username, "attribute_verification"));

    await provider.identity.signUp({ ...ada, password: newPassword });
    await outcomesOf(5, () =>
      provider.identity.signIn({ username: ada.username, password: "Wrong-Horse-7" }),
    );

    expect(await signInUnder(provider, newEmail)).toBe("done");
  });

  it("is not another account's", async () => {
    const { provider, update, confirm, attributes } = await start();
    await provider.identity.signUp({ ...ada, username: newEmail });

    expect(await outcomeOf(update({ email: newEmail.toUpperCase() }))).toBe("done");

    const code = lastCode(provider, ada.username, "attribute_verification");
    expect(await outcomeOf(confirm(code))).toBe("alias_taken");
    expect(await attributes()).toMatchObject({ email: ada.username });
  });

  it("is refused at once where it counts at once, if it is another account's", async () => {
    const provider = createProvider({ verifyBeforeUpdate: false });
    const { accessToken } = await signUpAndIn(provider);
    await provider.identity.signUp({ ...ada, username: newEmail });
    const attributes = { email: newEmail };

    const outcome = await outcomeOf(
      provider.identity.updateAttributes({ accessToken, attributes }),
    );

    expect(outcome).toBe("alias_taken");
  });

  it("is lost to whoever signs up under it before it was proven", async () => {
    const { provider, update, confirm, attributes } = await start();
    await update({ email: newEmail });
    await provider.identity.signUp({ ...ada, username: newEmail });
    const code = lastCode(provider, ada.username, "attribute_verification");

    expect(await outcomeOf(confirm(code))).toBe("alias_taken");
    expect(await attributes()).toMatchObject({ email: ada.username });
  });

  it("makes worthless the code that was sent to the one before", async () => {
    const { provider, update, confirm } = await start();
    await update({ email: newEmail });
    const code = lastCode(provider, ada.username, "attribute_verification");
    await update({ email: ada.username });

    expect(await outcomeOf(confirm(code))).toBe("code_expired");
  });

  it("makes worthless a reset code that went to the old one", async () => {
    const { provider, identity, update, confirm } = await start();
    await identity.startPasswordReset({ username: ada.username });
    const code = lastCode(provider, ada.username, "password_reset");
    await update({ email: newEmail });
    await confirm(lastCode(provider, ada.username, "attribute_verification"));

    const resetting = identity.resetPassword({ username: newEmail, code, newPassword });

    expect(await outcomeOf(resetting)).toBe("code_expired");
  });
});

describe("proving an address", () => {
  it("takes the last code, once, for a day", async () => {
    const { provider, identity, accessToken, confirm } = await start({
      tokenSeconds: { access: 86_400 },
    });
    const send = async () => {
      await identity.startAttributeVerification({ accessToken, attribute: "email" });
      return lastCode(provider, ada.username, "attribute_verification");
    };
    const first = await send();
    const second = await send();
    const outcomes = [
      await outcomeOf(confirm(first === second ? otherCode(first) : first)),
      await outcomeOf(confirm(second)),
      await outcomeOf(confirm(second)),
    ];
    const third = await send();
    provider.clock.advance(86_399);
    const { accessToken: later } = await signIn(provider);
    const inTime = await outcomeOf(
      identity.confirmAttribute({ accessToken: later, attribute: "email", code: third }),
    );
    await identity.startAttributeVerification({ accessToken: later, attribute: "email" });
    const fourth = lastCode(provider, ada.username, "attribute_verification");
    provider.clock.advance(86_400);
    const { accessToken: last } = await signIn(provider);
    const late = await outcomeOf(
      identity.confirmAttribute({ accessToken: last, attribute: "email", code: fourth }),
    );

    expect(outcomes).toEqual(["code_mismatch", "done", "code_expired"]);
    expect([inTime, late]).toEqual(["done", "code_expired"]);
  });

  it("sends five codes an hour, and takes five wrong ones for each", async () => {
    const { provider, identity, accessToken, confirm } = await start();
    const send = () => identity.startAttributeVerification({ accessToken, attribute: "email" });

    const sent = await outcomesOf(6, send);
    const code = lastCode(provider, ada.username, "attribute_verification");
    const wrong = await outcomesOf(5, () => confirm(otherCode(code)));

    expect(sent).toEqual([...Array(5).fill("done"), "too_many_attempts for 3600 s"]);
    expect(new Set(wrong)).toEqual(new Set(["code_mismatch"]));
    expect(await outcomeOf(confirm(code))).toBe("too_many_attempts for 86400 s");
  });

  it("proves one address and leaves the other waiting", async () => {
    const { provider, identity, accessToken, confirm } = await start();
    const codes: Record<string, string> = {};
    const attributes = { phone_number: "+4930123456", email: "countess@example.com" };
    for (const [name, value] of Object.entries(attributes)) {
      await identity.updateAttributes({ accessToken, attributes: { [name]: value } });
      codes[name] = lastCode(provider, ada.username, "attribute_verification");
    }

    const ends = [
      await outcomeOf(confirm(codes.email ?? "")),
      await outcomeOf(confirm(codes.phone_number ?? "", "phone_number")),
    ];

    expect(ends).toEqual(["done", "done"]);
    const profile = await identity.getProfile({ accessToken });
    expect(profile.attributes).toMatchObject({ ...attributes, phone_number_verified: true });
  });

  it("needs an attribute that is an address, and that the user has", async () => {
    const { identity, accessToken, confirm } = await start();
    const send = (attribute: string) =>
      outcomeOf(identity.startAttributeVerification({ accessToken, attribute }));

    expect([await send("name"), await send("phone_number")]).toEqual([
      "validation_failed",
      "validation_failed",
    ]);
    await expect(
      identity.startAttributeVerification({ accessToken, attribute: "phone_number" }),
    ).rejects.toMatchObject({ violations: [{ path: ["attribute"], reason: "missing" }] });
    await expect(
      identity.startAttributeVerification({ accessToken, attribute: "name" }),
    ).rejects.toMatchObject({ violations: [{ path: ["attribute"], reason: "not_an_address" }] });
    expect(await outcomeOf(confirm("123456"))).toBe("code_expired");
    expect(await outcomeOf(confirm("123456", "name"))).toBe("validation_failed");
  });
});

describe("an alias", () => {
  const named = { ...ada, username: "ada", attributes: { email: "ada@example.com" } };
  const byAlias = (provider: TestProvider) => signInUnder(provider, "ada@example.com");

  it("signs in once it was proven, and in any case if case is folded", async () => {
    const provider = createProvider({ signInModel: "alias" });
    await provider.identity.signUp(named);
    const before = await byAlias(provider);
    const code = lastCode(provider, "ada");
    await provider.identity.confirmSignUp({ username: "ada", code });

    expect(before).toBe("invalid_credentials");
    expect(await byAlias(provider)).toBe("done");
    expect(await signInUnder(provider, "ADA@example.com")).toBe("done");
    expect(await signInUnder(provider, "ada")).toBe("done");
  });

  it("goes to whoever proves it first, and can be signed up with by others", async () => {
    const provider = createProvider({ signInModel: "alias" });
    const rival = { ...named, username: "eve" };
    for (const user of [named, rival]) await provider.identity.signUp(user);
    await provider.identity.confirmSignUp({ username: "eve", code: lastCode(provider, "eve") });
    const code = lastCode(provider, "ada");

    const outcome = await outcomeOf(provider.identity.confirmSignUp({ username: "ada", code }));

    expect(outcome).toBe("alias_taken");
  });

  it.each(["ada@example.com", "+4930123456"])("is no user name: %s", async (username) => {
    const provider = createProvider({ signInModel: "alias" });

    expect(await outcomeOf(provider.identity.signUp({ ...named, username }))).toBe(
      "validation_failed",
    );
  });
});
