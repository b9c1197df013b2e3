import { describe, expect, it } from "vitest";
import type { MemoryIdentityProviderOptions } from "../../../../src/adapters/memory/index.ts";
import type { AttributeValues } from "../../../../src/domain/user.ts";
import { ada, createProvider, lastCode, readPart, signIn, signUpAndIn } from "../support.ts";

const withName = { signInModel: "username" } as const;
const named = { ...ada, username: "ada" };

function signUpWith(
  attributes: AttributeValues,
  options: MemoryIdentityProviderOptions = withName,
) {
  const { identity } = createProvider(options);
  return identity.signUp({ ...(options.signInModel ? named : ada), attributes });
}

describe("signing up under a name that waits for its code", () => {
  const email = "ada@example.com";
  const stranger = { ...named, password: "Stranger-Horse-1" };

  it.each([{ email: "eve@example.com" }, { phone_number: "+14155550123" }, {}])(
    "leaves no password to whoever is confirmed at another address than %j",
    async (attributes) => {
      const provider = createProvider(withName);
      const { identity } = provider;
      await identity.signUp({ ...named, attributes: { email } });

      await expect(identity.signUp({ ...stranger, attributes })).rejects.toMatchObject({
        code: "username_taken",
      });
      const code = lastCode(provider, named.username, "sign_up_confirmation");
      await identity.confirmSignUp({ username: named.username, code });

      await signIn(provider, named);
      await expect(identity.signIn(stranger)).rejects.toMatchObject({
        code: "invalid_credentials",
      });
    },
  );

  it("leaves its password where the address is the same, in any case", async () => {
    const provider = createProvider(withName);
    const { identity } = provider;
    await identity.signUp({ ...stranger, attributes: { email } });
    const owner = identity.signUp({ ...named, attributes: { email: "Ada@Example.com" } });
    await expect(owner).rejects.toMatchObject({ code: "username_taken" });

    const code = lastCode(provider, named.username, "sign_up_confirmation");
    await identity.confirmSignUp({ username: named.username, code });

    await signIn(provider, named);
  });
});

describe("signing up under an e-mail address", () => {
  it("makes the subject the user name and the address an attribute", async () => {
    const provider = createProvider();

    const { accessToken } = await signUpAndIn(provider);

    const profile = await provider.identity.getProfile({ accessToken });
    expect(profile.username).toBe(profile.subject);
    expect(profile.attributes).toEqual({ email: "ada@example.com", email_verified: true });
  });

  it("signs in by address in any case and by subject", async () => {
    const provider = createProvider();
    const { accessToken } = await signUpAndIn(provider);
    const { sub } = readPart(accessToken, 1);

    for (const username of ["ADA@Example.COM", String(sub), String(sub).toUpperCase()]) {
      const tokens = await signIn(provider, { ...ada, username });
      expect(readPart(tokens.accessToken, 1).sub).toBe(sub);
    }
  });

  it("tells cases apart where it is told to", async () => {
    const { identity } = createProvider({ caseSensitive: true });
    await identity.signUp(ada);

    const other = await identity.signUp({ ...ada, username: "Ada@example.com" });

    expect(other.status).toBe("confirmation_required");
  });

  it.each(["ada", "ada@example", "ada@@example.com", "ada@example.com.", "@example.com"])(
    "refuses %s as no address",
    async (username) => {
      const signUp = createProvider().identity.signUp({ ...ada, username });

      await expect(signUp).rejects.toMatchObject({
        code: "validation_failed",
        violations: [{ path: ["username"], reason: "invalid_format" }],
      });
    },
  );

  it("refuses another address beside it, where the code would go", async () => {
    const signUp = signUpWith({ email: "eve@example.com" }, {});

    await expect(signUp).rejects.toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["attributes", "email"], reason: "differs_from_username" }],
    });
  });

  it("takes the same address beside it, and sends the code there though there is a telephone", async () => {
    const signUp = signUpWith({ email: "ADA@example.com", phone_number: "+14155550123" }, {});

    await expect(signUp).resolves.toEqual({
      status: "confirmation_required",
      delivery: { medium: "email", destination: "a***@e***" },
    });
  });
});

describe("signing up under a plain name", () => {
  it("keeps the name as the user name, and finds it in any case", async () => {
    const provider = createProvider(withName);
    await provider.identity.signUp({ ...named, attributes: { email: "ada@example.com" } });
    const code = lastCode(provider, "Ada");

    await provider.identity.confirmSignUp({ username: "ADA", code });

    const { accessToken } = await signIn(provider, named);
    expect(readPart(accessToken, 1).username).toBe("ada");
  });

  it("sends the code to the telephone where there are both, and proves nothing else", async () => {
    const provider = createProvider(withName);
    const attributes = { email: "ada@example.com", phone_number: "+14155550123" };

    const result = await provider.identity.signUp({ ...named, attributes });
    await provider.identity.confirmSignUp({ username: "ada", code: lastCode(provider, "ada") });

    expect(result).toMatchObject({ delivery: { medium: "sms", destination: "+*******0123" } });
    const profile = await provider.identity.getProfile(await signIn(provider, named));
    expect(profile.attributes).toEqual({
      ...attributes,
      email_verified: false,
      phone_number_verified: true,
    });
  });

  it("lets a user without any address wait for approval, now and when a new code is asked for", async () => {
    const { identity, outbox } = createProvider(withName);

    await expect(identity.signUp(named)).resolves.toEqual({ status: "approval_required" });
    await expect(identity.resendConfirmation(named)).resolves.toBeUndefined();

    expect(outbox.messagesFor("ada")).toEqual([]);
    await expect(identity.signIn(named)).rejects.toMatchObject({ code: "user_not_confirmed" });
  });

  it("does not sign in by subject", async () => {
    const provider = createProvider({ ...withName, autoConfirm: true });
    await provider.identity.signUp(named);
    const { sub } = readPart((await signIn(provider, named)).accessToken, 1);

    const bySubject = provider.identity.signIn({ ...named, username: String(sub) });

    await expect(bySubject).rejects.toMatchObject({ code: "invalid_credentials" });
  });
});

describe("attributes at sign-up", () => {
  it.each([
    "sub",
    "email_verified",
    "phone_number_verified",
    "identities",
    "cognito:groups",
    "age",
    "custom:",
    "__proto__",
  ])("cannot be %s", async (name) => {
    const attributes = Object.fromEntries([[name, "true"]]);

    await expect(signUpWith(attributes)).rejects.toMatchObject({ code: "attribute_not_writable" });
  });

  it("can be any of the standard ones and custom ones", async () => {
    const provider = createProvider({ ...withName, autoConfirm: true });
    const attributes = {
      address: "12 St James's Square",
      birthdate: "1815-12-10",
      email: "ada@example.com",
      family_name: "Lovelace",
      gender: "female",
      given_name: "Ada",
      locale: "en",
      middle_name: "Augusta",
      name: "Ada Lovelace",
      nickname: "Ada",
      phone_number: "+442071234567",
      picture: "https://example.com/ada.png",
      preferred_username: "ada",
      profile: "https://example.com/ada",
      updated_at: "1800000000",
      website: "https://example.com",
      zoneinfo: "Europe/London",
      "custom:tenant": "42",
    };
    await provider.identity.signUp({ ...named, attributes });

    const profile = await provider.identity.getProfile(await signIn(provider, named));

    expect(profile.attributes).toMatchObject(attributes);
  });

  it.each([
    ["email", "ada"],
    ["email", "ada@example.com\u001b[2J"],
    ["email", ""],
    ["phone_number", "4155550123"],
    ["phone_number", "+0123456789"],
    ["phone_number", "+1415555012345678"],
    ["birthdate", "10/12/1815"],
    ["updated_at", "yesterday"],
  ])("cannot have the %s %j", async (name, value) => {
    await expect(signUpWith({ [name]: value })).rejects.toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["attributes", name], reason: "invalid_format" }],
    });
  });

  it("cannot be longer than 2048 characters", async () => {
    await expect(signUpWith({ name: "a".repeat(2048) })).resolves.toBeDefined();
    await expect(signUpWith({ name: "a".repeat(2049) })).rejects.toMatchObject({
      violations: [{ path: ["attributes", "name"], reason: "too_long" }],
    });
  });
});

describe("confirming accounts as they are made", () => {
  it("sends nothing and takes the address as proven", async () => {
    const provider = createProvider({ autoConfirm: true });

    const result = await provider.identity.signUp(ada);

    expect(result).toEqual({ status: "confirmed" });
    expect(provider.outbox.messagesFor(ada.username)).toEqual([]);
    const profile = await provider.identity.getProfile(await signIn(provider));
    expect(profile.attributes.email_verified).toBe(true);
  });
});
