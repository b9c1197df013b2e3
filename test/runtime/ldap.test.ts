import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  expect,
  onTestFinished,
  test,
  vi,
} from "vitest";
import { addUser } from "../contract/ldap-harness.ts";
import { newEmailUser } from "../contract/new-email-user.ts";
import { codeOf } from "../support/page-code.ts";
import { describeWithRedis } from "../support/redis.ts";
import { describeOnRuntime, type RunningRuntime, startRuntime } from "../support/runtimes.ts";
import {
  baseDn,
  describeWithSlapd,
  groupsDn,
  reader,
  type Slapd,
  startSlapd,
} from "../support/slapd.ts";

const secret = "s".repeat(32);

const settingsOf = (slapd: Slapd) => ({
  IDENTITY_PROVIDER: "ldap",
  LDAP_URL: slapd.secureUrl,
  LDAP_CA: slapd.ca.replaceAll("\n", "\\n"),
  LDAP_BIND_DN: reader.dn,
  LDAP_BIND_PASSWORD: reader.password,
  LDAP_BASE_DN: baseDn,
  LDAP_PASSWORD_CHANGE: "true",
  LDAP_SECRET: secret,
});

describeWithSlapd("a service whose users are in a directory", () => {
  let slapd: Slapd;
  beforeAll(async () => {
    slapd = await startSlapd();
  });
  afterAll(() => slapd?.close());

  test("starts with what docs/ldap.md exports, and signs in with its request", async () => {
    const [start, request] = codeOf("docs/ldap.md").map(({ text }) => text);
    const exported = [...(start ?? "").matchAll(/^export (\w+)=(\S+|"[^"]*")/gm)];
    const documented = Object.fromEntries(exported.map(([, name = "", value]) => [name, value]));
    const own = {
      LDAP_URL: slapd.secureUrl,
      LDAP_CA: slapd.ca,
      LDAP_BIND_PASSWORD: reader.password,
      LDAP_SECRET: secret,
    };
    const user = newEmailUser();
    await addUser(slapd, { ...user, username: "ada" });
    const body = /-d '(.*)'/.exec(request ?? "")?.[1]?.replace("…", user.password);

    const service = await startRuntime("node", { ...documented, ...own });
    onTestFinished(async () => void (await service.kill()));
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${service.url}/v1/sign-in`, {
      method: "POST",
      headers,
      body: body ?? "",
    });

    expect(Object.keys(documented)).toEqual(expect.arrayContaining(Object.keys(own)));
    expect(response.status).toBe(200);
  });

  for (const runtime of ["node", "deno", "bun"] as const) {
    describeOnRuntime(runtime, `on ${runtime}`, () => {
      let service: RunningRuntime | undefined;
      let user: ReturnType<typeof newEmailUser>;
      beforeEach(async () => {
        user = newEmailUser();
        const dn = await addUser(slapd, user);
        const name = `admins-${user.username}`;
        await slapd.add(`cn=${name},${groupsDn}`, {
          objectClass: "groupOfNames",
          cn: name,
          member: dn,
        });
      });
      afterEach(() => service?.kill());

      const settings = () => ({
        ...settingsOf(slapd),
        ADMIN_GROUPS: `admins-${user.username}`,
        LOG_LEVEL: "error",
      });

      async function ask(method: string, path: string, body: object = {}, token = "") {
        const response = await fetch(`${service?.url}${path}`, {
          method,
          headers: {
            ...(token !== "" && { authorization: `Bearer ${token}` }),
            ...(method === "POST" && { "content-type": "application/json" }),
          },
          ...(method === "POST" && { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
      }

      async function signIn(password = user.password) {
        const input = { username: user.username, password };
        return ask("POST", "/v1/sign-in", input);
      }

      test("signs in, refreshes, changes the password, lists and signs out", async () => {
        service = await startRuntime(runtime, settings());
        const signedIn = await signIn();
        expect(signedIn).toMatchObject({ status: 200, body: { status: "signed_in" } });
        const { access_token: token, refresh_token } = signedIn.body.tokens;

        expect(await ask("GET", "/v1/session", {}, token)).toMatchObject({ status: 200 });
        expect((await ask("GET", "/v1/me", {}, token)).body.attributes).toEqual({
          email: user.attributes.email,
          email_verified: false,
          given_name: "Ada",
          family_name: "Lovelace",
        });
        expect(await ask("POST", "/v1/token/refresh", { refresh_token })).toMatchObject({
          status: 200,
        });
        const listed = await ask("GET", "/v1/admin/users?limit=1", {}, token);
        expect(listed).toMatchObject({ status: 200, body: { users: [{ enabled: true }] } });

        const next = `${user.password}!`;
        const change = { current_password: user.password, new_password: next };
        expect(await ask("POST", "/v1/password/change", change, token)).toMatchObject({
          status: 204,
        });
        expect(await ask("POST", "/v1/token/refresh", { refresh_token })).toMatchObject({
          status: 401,
          body: { code: "invalid_refresh_token" },
        });
        expect(await signIn()).toMatchObject({
          status: 401,
          body: { code: "invalid_credentials" },
        });

        const again = (await signIn(next)).body.tokens;
        const signOut = { refresh_token: again.refresh_token };
        expect(await ask("POST", "/v1/sign-out", signOut)).toMatchObject({ status: 204 });
        expect(await ask("POST", "/v1/token/refresh", signOut)).toMatchObject({ status: 401 });
      });

      test("upgrades a connection to TLS, and takes no certificate that it was not told of", async () => {
        const upgraded = { ...settings(), LDAP_URL: slapd.url, LDAP_START_TLS: "true" };
        service = await startRuntime(runtime, upgraded);
        expect(await signIn()).toMatchObject({ status: 200 });
        await service.kill();

        service = await startRuntime(runtime, { ...upgraded, LDAP_CA: "" });
        const refused = await signIn();
        expect(["provider_unavailable", "provider_misconfigured"]).toContain(refused.body.code);
        expect(refused.status).toBeGreaterThanOrEqual(500);
      });
    });
  }
});

describeWithRedis("instances of a service whose users are in a directory", (redis) => {
  describeWithSlapd("and that share their state", () => {
    let slapd: Slapd;
    const running: RunningRuntime[] = [];
    beforeAll(async () => {
      slapd = await startSlapd();
    });
    afterEach(async () => {
      await Promise.all(running.splice(0).map((service) => service.kill()));
    });
    afterAll(() => slapd?.close());

    async function start() {
      const shared = { SHARED_STATE: "redis", REDIS_URL: redis };
      const service = await startRuntime("node", { ...settingsOf(slapd), ...shared });
      running.push(service);
      const ask = async (path: string, body: object) => {
        const headers = { "content-type": "application/json" };
        const init = { method: "POST", headers, body: JSON.stringify(body) };
        const response = await fetch(`${service.url}${path}`, init);
        const text = await response.text();
        return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
      };
      return { ask, service };
    }

    test("take each other's sessions, hear of each other's sign-outs, and print no secret", async () => {
      const user = newEmailUser();
      await addUser(slapd, user);
      const [one, other] = [await start(), await start()];
      const { username, password } = user;
      await one.ask("/v1/sign-in", { username, password: `${password}x` });
      const { refresh_token } = (await one.ask("/v1/sign-in", { username, password })).body.tokens;

      expect(await other.ask("/v1/token/refresh", { refresh_token })).toMatchObject({
        status: 200,
      });
      expect(await one.ask("/v1/sign-out", { refresh_token })).toMatchObject({ status: 204 });
      // As old as a copy of the list may be.
      await vi.waitFor(
        async () =>
          expect(await other.ask("/v1/token/refresh", { refresh_token })).toMatchObject({
            status: 401,
            body: { code: "invalid_refresh_token" },
          }),
        5000,
      );
      const printed = one.service.output() + other.service.output();
      expect(printed).toContain('"event":"sign_in"');
      for (const hidden of [password, reader.password, secret, refresh_token, username])
        expect(printed).not.toContain(hidden);
    });
  });
});
