import { describe, expect, it } from "vitest";
import {
  ada,
  createOpenProvider,
  createProvider,
  lastCode,
  outcomeOf,
  signIn,
  signUpAndIn,
  signUpConfirmed,
} from "../support.ts";

const phone = "+14155550123";
const byPhone = { ...ada, username: phone };

describe("telephone numbers for user names", () => {
  it("sign up by a text message there, and sign in", async () => {
    const provider = createProvider({ signInModel: "phone_number" });

    await signUpAndIn(provider, byPhone);

    expect(provider.outbox.messagesFor(phone)[0]).toMatchObject({
      medium: "sms",
      destination: phone,
    });
    expect(await outcomeOf(provider.identity.signUp(byPhone))).toBe("username_taken");
    expect(await outcomeOf(provider.identity.signUp(ada))).toBe("validation_failed");
  });

  it("are one of two kinds, where e-mail addresses are as well", async () => {
    const provider = createProvider({ signInModel: "email_or_phone_number" });
    const both = { ...ada, attributes: { phone_number: phone } };
    await signUpConfirmed(provider, both);
    const { accessToken } = await signIn(provider, byPhone);
    const drop = (...names: readonly string[]) => {
      const attributes = Object.fromEntries(names.map((name) => [name, ""]));
      return outcomeOf(provider.identity.updateAttributes({ accessToken, attributes }));
    };

    expect(await drop("phone_number", "email")).toBe("validation_failed");
    expect(await drop("phone_number")).toBe("done");
    expect(await outcomeOf(provider.identity.signIn(byPhone))).toBe("invalid_credentials");
  });
});

describe("a preferred user name as an alias", () => {
  const options = { signInModel: "alias", aliases: ["preferred_username"] } as const;
  const named = { ...ada, username: "ada", attributes: { email: "ada@example.com" } };

  it("signs in as soon as it is set, and is one user's", async () => {
    const provider = createProvider(options);
    const other = { ...named, username: "grace" };
    const [{ accessToken }, grace] = [
      await signUpAndIn(provider, named),
      await signUpAndIn(provider, other),
    ];
    const attributes = { preferred_username: "countess" };

    await provider.identity.updateAttributes({ accessToken, attributes });

    await signIn(provider, { ...named, username: "Countess" });
    const claim = { accessToken: grace.accessToken, attributes };
    expect(await outcomeOf(provider.identity.updateAttributes(claim))).toBe("alias_taken");
    expect(await outcomeOf(provider.identity.signIn(ada))).toBe("invalid_credentials");
  });

  it("is not for sign-ups, which nobody has confirmed", async () => {
    const { identity } = createProvider(options);
    const eager = { ...named, attributes: { ...named.attributes, preferred_username: "a" } };

    expect(await outcomeOf(identity.signUp(eager))).toBe("validation_failed");
  });
});

describe("a reset code", () => {
  it("goes to the kinds of addresses that the provider is told, in their order", async () => {
    const provider = createOpenProvider({ recovery: ["email", "phone_number"] });
    await signUpConfirmed(provider, { ...ada, attributes: { phone_number: phone } });
    provider.change(ada.username, { verified: new Set(["email", "phone_number"]) });

    await provider.identity.startPasswordReset({ username: ada.username });

    expect(provider.outbox.messagesFor(ada.username).at(-1)).toMatchObject({ medium: "email" });
  });

  it("goes to no address that codes of the second factor go to", async () => {
    const provider = createOpenProvider();
    await signUpConfirmed(provider);
    provider.change(ada.username, { mfa: { enabled: ["email_code"] } });
    const begin = () => provider.identity.startPasswordReset({ username: ada.username });

    expect(await outcomeOf(begin())).toBe("recovery_unavailable");
    provider.change(ada.username, { mfa: { enabled: ["totp"] } });
    await begin();
    expect(lastCode(provider, ada.username, "password_reset")).toMatch(/^\d{6}$/);
  });
});

it("one user more than there is room for is refused with an error that says what to raise", async () => {
  const { identity } = createProvider({ maxUsers: 1 });
  await identity.signUp(ada);

  await expect(identity.signUp({ ...ada, username: "grace@example.com" })).rejects.toThrow(
    /maxUsers/,
  );
  expect(await outcomeOf(identity.signUp(ada))).toBe("username_taken");
});
