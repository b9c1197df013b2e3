import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { DirectorySettings } from "../../../src/adapters/ldap/settings.ts";
import { addUser, createProvider, settingsFor } from "../../contract/ldap-harness.ts";
import { newEmailUser } from "../../contract/new-email-user.ts";
import {
  describeWithSlapd,
  groupsDn,
  type Slapd,
  startSlapd,
  usersDn,
} from "../../support/slapd.ts";
import { outcomeOf } from "./support.ts";

describeWithSlapd("the LDAP provider over OpenLDAP", () => {
  let slapd: Slapd;
  beforeAll(async () => {
    slapd = await startSlapd();
  });
  afterAll(() => slapd?.close());

  function start(settings: Partial<DirectorySettings> = {}, secrets?: readonly string[]) {
    const provider = createProvider(settingsFor(slapd, { timeoutMs: 1500, ...settings }), Date, {
      passwordLockout: false,
      ...(secrets && { secrets }),
    });
    onTestFinished(provider.close);
    return provider;
  }

  /** Signs a new user in. */
  async function signedIn(provider = start(), name: string = crypto.randomUUID()) {
    const user = { ...newEmailUser(), username: name };
    const dn = await addUser(slapd, user);
    const { username, password } = user;
    const result = await provider.identity.signIn({ username, password });
    if (result.status !== "signed_in") throw new Error("a challenge came");
    const { accessToken, refreshToken = "" } = result.tokens;
    const refresh = () => outcomeOf(provider.identity.refresh({ refreshToken }));
    return { ...provider, ...user, dn, accessToken, refreshToken, refresh };
  }

  describe("names", () => {
    const victim = { ...newEmailUser(), username: "victim" };
    beforeAll(async () => {
      await addUser(slapd, victim);
    });

    test.each([
      ["*"],
      ["a*"],
      ["*)(uid=*"],
      ["x)(|(uid=*"],
      ["x))(|(objectClass=*"],
      ["\\2a"],
      ["\0"],
      ["victim\0"],
      ["victim)(objectClass=*"],
      ["uid=victim,ou=people,dc=example,dc=com"],
      ["victim,ou=people"],
      ["{dn}"],
      ["{username}"],
      ["$&"],
      ["\ud800"],
      [""],
      ["VICTIM\u200b"],
      ["ｖictim"],
      ["vi\u0327ctim"],
      ["vict\u0131m"],
      [" victim "],
      ["EXTERNAL"],
    ])("%j is nobody's, whoever's password comes with it", async (username) => {
      const { identity } = start();

      const { code } = await outcomeOf(identity.signIn({ username, password: victim.password }));

      expect(code).toBe("invalid_credentials");
      const capitals = { username: "VICTIM", password: victim.password };
      expect((await outcomeOf(identity.signIn(capitals))).code).toBe("none");
    });

    test.each([["star*(1)\\2"], ['o\'neil, jr.+x="y"'], ["#hash"], ["zoë"], ["李"]])(
      "%j is a name like any other",
      async (name) => {
        const { accessToken, identity } = await signedIn(start(), name);

        expect(await identity.getProfile({ accessToken })).toMatchObject({ username: name });
      },
    );
  });

  test("an empty password is none, though the directory takes it for a bind of nobody", async () => {
    const { identity, username } = await signedIn();

    const { code } = await outcomeOf(identity.signIn({ username, password: "" }));

    expect(code).toBe("invalid_credentials");
  });

  test.each([2, 3])("%i users of one name are nobody", async (count) => {
    const { identity, username, password } = await signedIn();
    const others = Array.from({ length: count - 1 }, () => newEmailUser());
    for (const other of others) {
      const dn = `cn=${other.username},${usersDn}`;
      await slapd.add(dn, {
        objectClass: "inetOrgPerson",
        uid: username,
        cn: other.username,
        sn: "Other",
        userPassword: other.password,
      });
      onTestFinished(() => slapd.remove(dn));
    }

    for (const tried of [password, ...others.map((other) => other.password)]) {
      const { code } = await outcomeOf(identity.signIn({ username, password: tried }));
      expect(code).toBe("invalid_credentials");
    }
  });

  test("an unknown name and a wrong password are told no sooner than either could be", async () => {
    const { identity, username } = await signedIn();
    const timed = async (name: string) => {
      const began = performance.now();
      await outcomeOf(identity.signIn({ username: name, password: "wrong" }));
      return performance.now() - began;
    };

    expect(await timed("nobody")).toBeGreaterThanOrEqual(249);
    expect(await timed(username)).toBeGreaterThanOrEqual(249);
  });

  describe("a refresh", () => {
    test("goes on as long as nothing has changed", async () => {
      expect((await (await signedIn()).refresh()).code).toBe("none");
    });

    test("ends with the entry", async () => {
      const { dn, refresh } = await signedIn();
      await slapd.remove(dn);
      expect((await refresh()).code).toBe("invalid_refresh_token");
    });

    test("ends with the account", async () => {
      const { dn, refresh } = await signedIn();
      await slapd.replace(dn, "pwdAccountLockedTime", ["000001010000Z"]);
      expect((await refresh()).code).toBe("invalid_refresh_token");
    });

    test("ends with the password, whoever changed it", async () => {
      const { dn, refresh } = await signedIn();
      // The directory dates passwords to the second.
      await new Promise((resolve) => setTimeout(resolve, 1100));
      await slapd.replace(dn, "userPassword", ["Battery-Staple-8"]);
      expect((await refresh()).code).toBe("invalid_refresh_token");
    });

    test("ends when the user is none of those who may sign in any more", async () => {
      const userFilter = "(&(employeeType=staff)(uid={username}))";
      const provider = start({ userFilter });
      const user = { ...newEmailUser(), username: crypto.randomUUID() };
      const dn = await addUser(slapd, user);
      await slapd.replace(dn, "employeeType", ["staff"]);
      const result = await provider.identity.signIn(user);
      if (result.status !== "signed_in") throw new Error("a challenge came");
      const { refreshToken = "" } = result.tokens;
      await slapd.replace(dn, "employeeType", ["former"]);

      expect((await outcomeOf(provider.identity.refresh({ refreshToken }))).code).toBe(
        "invalid_refresh_token",
      );
    });

    test("goes on under another name, and says it", async () => {
      const { dn, identity, refreshToken, tokens } = await signedIn();
      const name = crypto.randomUUID();
      await slapd.rename(dn, `uid=${name},${usersDn}`);

      const { accessToken } = await identity.refresh({ refreshToken });

      expect(await tokens.verify(accessToken)).toMatchObject({ username: name });
    });

    test("is taken by whoever has the secret, the older one too, and by nobody else", async () => {
      const [old, next] = ["o".repeat(32), "n".repeat(32)];
      const { refreshToken, accessToken } = await signedIn(start({}, [old]));
      const rotated = start({}, [next, old]);
      const other = start({}, [next]);

      expect((await outcomeOf(rotated.identity.refresh({ refreshToken }))).code).toBe("none");
      expect((await outcomeOf(rotated.tokens.verify(accessToken))).code).toBe("none");
      expect((await outcomeOf(other.identity.refresh({ refreshToken }))).code).toBe(
        "invalid_refresh_token",
      );
      expect((await outcomeOf(other.tokens.verify(accessToken))).code).toBe("invalid_token");
    });
  });

  describe("groups", () => {
    test("are in tokens, and only the user's", async () => {
      const { dn, username, password, identity, tokens } = await signedIn();
      const [own, others] = [`own-${username}`, `others-${username}`];
      await slapd.add(`cn=${own},${groupsDn}`, {
        objectClass: "groupOfNames",
        cn: own,
        member: dn,
      });
      await slapd.add(`cn=${others},${groupsDn}`, {
        objectClass: "groupOfNames",
        cn: others,
        member: `cn=${dn}`,
      });

      const result = await identity.signIn({ username, password });
      if (result.status !== "signed_in") throw new Error("a challenge came");

      expect(await tokens.verify(result.tokens.accessToken)).toMatchObject({ groups: [own] });
      expect(await identity.listUserGroups({ username, limit: 1 })).toEqual({ items: [own] });
    });

    test("with fifty thousand members cost no more than their names", async () => {
      const { dn, username, identity } = await signedIn();
      const members = Array.from({ length: 50_000 }, (_, index) => `uid=m${index},${usersDn}`);
      await slapd.add(`cn=crowd,${groupsDn}`, {
        objectClass: "groupOfNames",
        cn: "crowd",
        member: [...members, dn],
      });
      onTestFinished(() => slapd.remove(`cn=crowd,${groupsDn}`));

      expect(await identity.listUserGroups({ username, limit: 5 })).toEqual({ items: ["crowd"] });
    });
  });

  describe("the list of users", () => {
    const family = `family-${crypto.randomUUID()}`;
    const names = ["alpha", "beta", "Gamma", "delta", "epsilon"].map((name) => `${name}-${family}`);
    beforeAll(async () => {
      for (const username of names) {
        const dn = await addUser(slapd, { ...newEmailUser(), username });
        await slapd.replace(dn, "sn", [family]);
      }
    });

    test("gives every user once, page by page, in an order that stays", async () => {
      const { identity } = start();
      const filter = { field: "family_name", operator: "equals", value: family } as const;
      const seen: string[] = [];
      for (let cursor: string | undefined, pages = 0; pages < 10; pages += 1) {
        const page = await identity.listUsers({ limit: 2, filter, ...(cursor && { cursor }) });
        seen.push(...page.items.map(({ username }) => username));
        cursor = page.cursor;
        if (cursor === undefined) break;
      }

      expect(seen).toEqual(names.toSorted((one, other) => one.localeCompare(other)));
    });

    test.each([
      ["username", "equals", `alpha-${family}`, 1],
      ["username", "starts_with", "alpha-", 1],
      ["username", "equals", "alpha-*", 0],
      ["username", "equals", "*)(uid=*", 0],
      ["family_name", "starts_with", "family-", 5],
      ["phone_number", "equals", "+1", 0],
      ["status", "equals", "unconfirmed", 0],
      ["enabled", "equals", "false", 0],
    ] as const)("finds by %s that %s %j", async (field, operator, value, count) => {
      const { identity } = start();
      const { items } = await identity.listUsers({ limit: 60, filter: { field, operator, value } });
      expect(items.filter(({ username }) => names.includes(username)).length).toBe(count);
    });

    test("tells who is disabled, and finds a user by the subject", async () => {
      const { dn, username, identity } = await signedIn();
      await slapd.replace(dn, "pwdAccountLockedTime", ["000001010000Z"]);

      const user = await identity.getUser({ username });
      const filter = { field: "sub", operator: "equals", value: user.subject } as const;

      expect(user).toMatchObject({ enabled: false, status: "confirmed" });
      expect(user.createdAt).toBeGreaterThan(1_700_000_000);
      expect((await identity.listUsers({ limit: 2, filter })).items).toEqual([user]);
    });

    test("takes no cursor that it never gave", async () => {
      const { identity } = start();
      const { code } = await outcomeOf(identity.listUsers({ limit: 1, cursor: "none of ours" }));
      expect(code).toBe("validation_failed");
    });

    test("says who does not exist", async () => {
      const { identity } = start();
      expect((await outcomeOf(identity.getUser({ username: "nobody" }))).code).toBe(
        "user_not_found",
      );
    });
  });

  describe("a change of the password", () => {
    test("is refused where the directory has seen it before, or will not have it from the user", async () => {
      const { identity, accessToken, password } = await signedIn();
      const change = (newPassword: string) =>
        outcomeOf(identity.changePassword({ accessToken, currentPassword: password, newPassword }));

      const { code, shown } = await change(password);

      expect(code).toBe("password_reused");
      expect(shown).not.toContain(password);
      expect((await change("")).code).toBe("password_policy_violation");
    });

    test("asks for the current one, which is not empty", async () => {
      const { identity, accessToken } = await signedIn();
      const change = { accessToken, currentPassword: "", newPassword: "Battery-Staple-8" };
      expect((await outcomeOf(identity.changePassword(change))).code).toBe("invalid_credentials");
    });

    test("is not there where it is not set", async () => {
      const { identity, accessToken, password } = await signedIn(start({ passwordChange: "none" }));
      const change = { accessToken, currentPassword: password, newPassword: "Battery-Staple-8" };

      expect(identity.capabilities.has("password_change")).toBe(false);
      expect((await outcomeOf(identity.changePassword(change))).code).toBe("not_supported");
    });
  });

  test("a password that an administrator has set is to be changed first", async () => {
    const { identity, dn, username } = await signedIn();
    await slapd.replace(dn, "userPassword", ["Battery-Staple-8"]);
    await slapd.replace(dn, "pwdReset", ["TRUE"]);
    const signIn = (password: string) => outcomeOf(identity.signIn({ username, password }));

    expect((await signIn("Battery-Staple-8")).code).toBe("password_reset_required");
    expect((await signIn("wrong")).code).toBe("invalid_credentials");
    expect(await identity.getUser({ username })).toMatchObject({
      status: "password_reset_required",
    });
  });

  describe("a directory that goes", () => {
    test("and stands still is waited for so long, and asked again when it is back", async () => {
      const { refresh, check } = await signedIn();
      slapd.suspend();
      const began = performance.now();
      const outcome = await refresh();
      slapd.resume();

      expect(outcome.code).toBe("provider_timeout");
      expect(performance.now() - began).toBeLessThan(2500);
      await vi.waitFor(check, 5000);
      expect((await refresh()).code).toBe("none");
    });

    test("and is stopped is no fault of the user's, and the session goes on when it is back", async () => {
      const { refresh, check, identity, username, password } = await signedIn();
      await slapd.stop();
      onTestFinished(() => slapd.start().catch(() => undefined));

      expect((await refresh()).code).toBe("provider_unavailable");
      expect((await outcomeOf(identity.signIn({ username, password }))).code).toBe(
        "provider_unavailable",
      );
      await expect(check()).rejects.toMatchObject({ code: "provider_unavailable" });

      await slapd.start();
      expect((await refresh()).code).toBe("none");
    });

    test("and comes back at once is not noticed, though connections were kept", async () => {
      const { refresh } = await signedIn();
      await slapd.stop();
      await slapd.start();

      expect((await refresh()).code).toBe("none");
    });
  });

  test("a certificate that was not told of is not taken", async () => {
    const provider = createProvider({ ...settingsFor(slapd), ca: undefined });
    onTestFinished(provider.close);
    const { code, shown } = await outcomeOf(
      provider.identity.signIn({ username: "ada", password: "Correct-Horse-7" }),
    );

    expect(code).toBe("provider_misconfigured");
    expect(shown).not.toContain("Correct-Horse-7");
  });
});
