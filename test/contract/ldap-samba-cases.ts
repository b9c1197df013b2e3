import { describe, expect, onTestFinished, test } from "vitest";
import type { DirectorySettings } from "../../src/adapters/ldap/settings.ts";
import { outcomeOf } from "../adapters/ldap/support.ts";
import { domainUsersDn, type Samba } from "../support/samba.ts";
import { createProvider } from "./ldap-harness.ts";
import { addDomainUser, domainSettings } from "./ldap-samba-harness.ts";
import { newEmailUser } from "./new-email-user.ts";

/** Defines the tests of what is Active Directory's own, over a domain that is there when they run. */
export function describeDomain(domain: () => Samba): void {
  function start(settings: Partial<DirectorySettings> = {}) {
    const directory = { ...domainSettings(domain()), ...settings };
    const provider = createProvider(directory, Date, { passwordLockout: false });
    onTestFinished(provider.close);
    return provider;
  }

  async function signedIn(settings: Partial<DirectorySettings> = {}) {
    const provider = start(settings);
    const user = newEmailUser();
    const dn = await addDomainUser(domain(), user);
    const signIn = (password = user.password) =>
      provider.identity.signIn({ username: user.username, password });
    const result = await signIn();
    if (result.status !== "signed_in") throw new Error("a challenge came");
    const { accessToken, refreshToken = "" } = result.tokens;
    const refresh = () => outcomeOf(provider.identity.refresh({ refreshToken }));
    return { ...provider, ...user, dn, accessToken, signIn, refresh };
  }

  /** A hundred nanoseconds each, since 1601. */
  const yesterday = String((Date.now() - 86_400_000 + 11_644_473_600_000) * 10_000);

  describe.each([
    ["disabled", "userAccountControl", "514", "user_disabled"],
    ["past its time", "accountExpires", yesterday, "user_disabled"],
    ["due for another password", "pwdLastSet", "0", "password_reset_required"],
  ])("an account that is %s", (_what, attribute, value, code) => {
    test("is told to whoever knows the password, and goes on nowhere", async () => {
      const { dn, signIn, refresh } = await signedIn();
      await domain().replace(dn, attribute, value);

      expect((await outcomeOf(signIn())).code).toBe(code);
      expect((await outcomeOf(signIn("wrong"))).code).toBe("invalid_credentials");
      expect((await refresh()).code).toBe("invalid_refresh_token");
    });
  });

  test("subjects are the UUIDs of objectGUID, and lead back to the entry", async () => {
    const { identity, tokens, accessToken, username } = await signedIn();

    const { subject } = await tokens.verify(accessToken);

    expect(subject).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(await identity.getUser({ username })).toMatchObject({ subject, enabled: true });
    expect(await identity.getProfile({ accessToken })).toMatchObject({ subject });
  });

  test.each([
    ["counts", "(member:1.2.840.113556.1.4.1941:={dn})", 2],
    ["does not count without the rule", "(member={dn})", 1],
  ])("a group that the user's group is in %s", async (_what, groupFilter, count) => {
    const { dn, username, identity } = await signedIn({ groupFilter });
    const [inner, outer] = [`inner ${username}`, `outer ${username}`];
    const dnOf = (name: string) => `CN=${name},${domainUsersDn}`;
    const account = () => crypto.randomUUID().slice(0, 18);
    await domain().add(dnOf(inner), {
      ...{ objectClass: "group", sAMAccountName: account(), member: dn },
    });
    await domain().add(dnOf(outer), {
      ...{ objectClass: "group", sAMAccountName: account(), member: dnOf(inner) },
    });

    const { items } = await identity.listUserGroups({ username, limit: 10 });

    expect(items).toEqual([inner, outer].slice(0, count));
  });

  test("a name with other accents is nobody's, though the domain takes it for the same", async () => {
    const { identity, password, username } = await signedIn();
    const accented = username.replace(/[aeiou]/, (vowel) => `${vowel}\u0301`).normalize("NFC");

    expect(accented).not.toBe(username);
    const { code } = await outcomeOf(identity.signIn({ username: accented, password }));
    expect(code).toBe("invalid_credentials");
  });

  test("a new password goes by the domain's rules", async () => {
    const { identity, accessToken, password } = await signedIn();
    const change = { accessToken, currentPassword: password, newPassword: "alllowercase" };

    const { code, shown } = await outcomeOf(identity.changePassword(change));

    expect(code).toBe("password_policy_violation");
    expect(shown).not.toContain(password);
  });

  test("the list of users is read in pages of the domain's own", async () => {
    const { identity, username } = await signedIn();
    const filter = { field: "username", operator: "starts_with", value: username } as const;

    const { items } = await identity.listUsers({ limit: 5, filter });

    expect(items.map((user) => user.username)).toEqual([username]);
    expect(items[0]?.createdAt).toBeGreaterThan(1_700_000_000);
  });
}
