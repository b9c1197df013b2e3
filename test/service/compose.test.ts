import { describe, expect, test, vi } from "vitest";
import { providers } from "../../src/adapters/index.ts";
import { compose, type RuntimeParts } from "../../src/service/compose.ts";
import type { Place } from "../../src/service/exposure.ts";
import { createLazyPasskeyVerifier } from "../../src/service/lazy-passkeys.ts";
import { readEnvironment, SettingsError, settingNames } from "../../src/service/settings.ts";

const cognito = {
  IDENTITY_PROVIDER: "cognito",
  COGNITO_REGION: "eu-west-1",
  COGNITO_USER_POOL_ID: "eu-west-1_AbCdEfGhI",
  COGNITO_CLIENT_ID: "1example23456789",
  COGNITO_CLIENT_SECRET: "s3cr3t-s3cr3t-s3cr3t-s3cr3t",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "example-secret-access-key",
};

const providerNames = Object.keys(providers).join(", ");

function faultsOf(environment: Record<string, unknown>, place?: Place): string {
  try {
    readEnvironment(environment, place);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error("the settings were taken");
}

describe("settings", () => {
  test("start the in-memory provider, and say so, where there are none", () => {
    const { notice, options, port, host } = compose(readEnvironment({}));

    expect(notice).toMatch(/memory/i);
    expect(options.outbox).toBeDefined();
    expect({ host, port }).toEqual({ host: "127.0.0.1", port: 8080 });
  });

  test.each([
    { HOST: "0.0.0.0" },
    { HOST: "::" },
    { HOST: "192.168.0.7", IDENTITY_PROVIDER: "" },
    { HOST: "localhost.example" },
  ])("start no provider that is not named, off loopback: %j", (environment) => {
    expect(faultsOf(environment)).toContain(
      `IDENTITY_PROVIDER: is required off loopback and on Workers, and must be one of ${providerNames}`,
    );
    expect(compose(readEnvironment({ ...environment, IDENTITY_PROVIDER: "memory" })).host).toBe(
      environment.HOST,
    );
  });

  test("start no provider that is not named where the runtime says where it answers", () => {
    expect(faultsOf({}, { isHosted: true })).toContain("IDENTITY_PROVIDER: is required");
    expect(
      compose(readEnvironment({ IDENTITY_PROVIDER: "memory" }, { isHosted: true })).options.outbox,
    ).toBeDefined();
  });

  test.each(["localhost", "127.0.0.1", "127.0.0.2", "::1"])("take %s for loopback", (HOST) => {
    expect(compose(readEnvironment({ HOST })).host).toBe(HOST);
  });

  test.each([
    ["IDENTITY_PROVIDR", "IDENTITY_PROVIDER"],
    ["IDENTIY_PROVIDRE", "IDENTITY_PROVIDER"],
    ["COGNITO_CLIENTID", "COGNITO_CLIENT_ID"],
    ["CORS_ORIGIN", "CORS_ORIGINS"],
    ["REVOCATION_LISTS", "REVOCATION_LIST"],
    ["DEV_OUTBXO", "DEV_OUTBOX"],
    ["PROT", "PORT"],
    ["HOTS", "HOST"],
  ])("take %s for a typing error, and name it with what is meant", (name, meant) => {
    const message = faultsOf({ [name]: "secret-value", PORT: "x" });

    expect(message).toContain(`  ${name}: is no setting. Is ${meant} meant?`);
    expect(message).toContain("  PORT: ");
    expect(message).not.toContain("secret-value");
  });

  test.each([
    "identity_provider",
    "Identity_Provider",
    "identity_providr",
    "IDENTITY-PROVIDER",
    " IDENTITY_PROVIDER",
    "IDENTITY_PROVIDER ",
    "\ufeffIDENTITY_PROVIDER",
  ])("take %j for a setting that is written otherwise than settings are", (name) => {
    const message = faultsOf({ [name]: "secret-value" });

    expect(message).toContain(`  ${name.trim()}: is no setting. Is IDENTITY_PROVIDER meant?`);
    expect(message).not.toContain("secret-value");
  });

  test("take a setting however it is written where names have no case", () => {
    const environment = Object.create(
      { IDENTITY_PROVIDER: "memory" },
      {
        Identity_Provider: { value: "memory", enumerable: true },
      },
    );

    expect(compose(readEnvironment(environment)).options.outbox).toBeDefined();
  });

  test("take no name of a machine's own for a typing error, and warn once of all that look like settings", () => {
    const notices = (environment: Record<string, string>) =>
      compose(readEnvironment({ ...cognito, ...environment })).notice;
    const usual = [
      "HOME",
      "PATH",
      "POD",
      "ROOT",
      "HOSTNAME",
      "AWS_REGION",
      "AWS_PROFILE",
      "_",
      "host",
      "npm_config_host",
      "no_proxy",
    ];
    const alike = { COGNITO_PORT: "tcp://10.0.0.1:80", LOG_FORMAT: "secret-value" };

    expect(notices(Object.fromEntries(usual.map((name) => [name, "x"])))).toBeUndefined();
    expect(notices(alike)).toBe(
      "Named like settings of this service, but none: COGNITO_PORT, LOG_FORMAT.",
    );
    expect(notices({ REVOCATIONS: "x", REVOCATION_LIST_OBJECT: "x" })).toBeUndefined();
  });

  test("name what there is to choose from", () => {
    const message = faultsOf({ IDENTITY_PROVIDER: "cogito", LOG_LEVEL: "loud" });

    expect(message).toContain(`IDENTITY_PROVIDER: must be one of ${providerNames}`);
    expect(message).toContain("LOG_LEVEL: must be one of debug, info, warn, error, silent");
  });

  test.each([
    [{ MEMORY_AUTO_CONFIRM: "true" }, "confirmed"],
    [{ MEMORY_SIGN_UP_APPROVAL: "true" }, "approval_required"],
    [{ ...cognito, COGNITO_FEATURES: "sign_up_approval" }, "approval_required"],
  ])("warn where a sign-up would tell who has an account: %j", (environment, status) => {
    const noticeOf = (more: Record<string, string>) =>
      compose(readEnvironment({ ...environment, ...more })).notice ?? "";

    expect(noticeOf({})).toContain(`Set SIGN_UP_STATUS=${status}`);
    expect(noticeOf({ SIGN_UP_STATUS: status })).not.toContain("SIGN_UP_STATUS");
    expect(noticeOf({ SIGN_UP_TAKEN_USERNAME: "shown" })).not.toContain("SIGN_UP_STATUS");
  });

  test("let nobody read the outbox whose address is not this machine's, unless they say so", () => {
    const mayRead = (environment: Record<string, string>) => {
      const { mayReadOutbox } = compose(readEnvironment(environment)).options;
      return [undefined, "", "127.0.0.1", "::ffff:127.0.0.1", "::1", "10.0.0.7"].map((peer) =>
        mayReadOutbox?.(peer),
      );
    };

    expect(mayRead({})).toEqual([false, false, true, true, true, false]);
    expect(mayRead({ DEV_OUTBOX: "true" })).toEqual([true, true, true, true, true, true]);
  });

  test("start the provider that is named, with no outbox and nothing to warn of", () => {
    const { notice, options } = compose(readEnvironment(cognito));

    expect(notice).toBeUndefined();
    expect(options.outbox).toBeUndefined();
  });

  test("count an empty variable as absent", () => {
    const { port } = compose(readEnvironment({ PORT: "", HOST: "", IDENTITY_PROVIDER: "" }));

    expect(port).toBe(8080);
  });

  test("name every faulty variable at once, the provider's too, and no value", () => {
    const message = faultsOf({
      ...cognito,
      PORT: "secret-port",
      LOG_LEVEL: "secret-level",
      CORS_ORIGINS: "https://secret.example/path",
      SIGN_UP_TAKEN_USERNAME: "secret-policy",
      SIGN_UP_STATUS: "secret-status",
      ADMIN_GROUPS: "secret-group,,other",
      ADMIN_SCOPES: 'secret-"scope"',
      TOTP_ISSUER: "secret-issuer:",
      REAUTHENTICATE_AFTER_SECONDS: "secret-hour",
      COGNITO_CLIENT_ID: "",
      COGNITO_AUTH_FLOW: "SECRET_FLOW",
    });

    for (const name of [
      "PORT",
      "LOG_LEVEL",
      "CORS_ORIGINS",
      "SIGN_UP_TAKEN_USERNAME",
      "SIGN_UP_STATUS",
      "ADMIN_GROUPS",
      "ADMIN_SCOPES",
      "TOTP_ISSUER",
      "REAUTHENTICATE_AFTER_SECONDS",
      "COGNITO_CLIENT_ID",
      "COGNITO_AUTH_FLOW",
    ]) {
      expect(message).toContain(`${name}: `);
    }
    expect(message).not.toMatch(/secret-|SECRET_FLOW/);
  });

  test.each([
    ["0", 0],
    ["60", 60],
    ["", 5],
  ])(
    "with a clock tolerance of %j seconds take tokens until %i s after their end",
    async (text, seconds) => {
      const { ports } = compose(
        readEnvironment({
          CLOCK_TOLERANCE_SECONDS: text,
          MEMORY_ACCESS_TOKEN_SECONDS: "60",
          MEMORY_AUTO_CONFIRM: "true",
          LOG_LEVEL: "silent",
        }),
      );
      const ada = { username: "ada@example.com", password: "Correct-Horse-7" };
      vi.useFakeTimers({ toFake: ["Date"] });
      await ports.identity.signUp({ ...ada, attributes: {} });
      const result = await ports.identity.signIn(ada);
      const token = result.status === "signed_in" ? result.tokens.accessToken : "";
      const { expiresAt } = await ports.tokens.verify(token);

      vi.setSystemTime((expiresAt + seconds) * 1000 - 1);
      await expect(ports.tokens.verify(token)).resolves.toMatchObject({ expiresAt });
      vi.setSystemTime((expiresAt + seconds) * 1000);
      await expect(ports.tokens.verify(token)).rejects.toMatchObject({ code: "token_expired" });
      vi.useRealTimers();
    },
  );

  test.each(["61", "-1", "1.5", "five"])("refuse a clock tolerance of %s", (seconds) => {
    expect(faultsOf({ CLOCK_TOLERANCE_SECONDS: seconds })).toContain("CLOCK_TOLERANCE_SECONDS: ");
  });

  test("have passkeys in memory for the pages that are named, where the runtime can", async () => {
    const origins = { MEMORY_PASSKEY_ORIGINS: "http://localhost:5173, https://id.example" };
    const capabilitiesOf = (environment: Record<string, string>, runtime?: RuntimeParts) => {
      const { ports, notice } = compose(readEnvironment(environment), runtime);
      return [ports.identity.capabilities.has("passkeys"), /no passkeys/.test(notice ?? "")];
    };
    const sites: unknown[] = [];
    const passkeys: RuntimeParts["passkeys"] = (site) => {
      sites.push(site);
      return createLazyPasskeyVerifier(site);
    };

    expect(capabilitiesOf(origins, { passkeys })).toEqual([true, false]);
    expect(sites).toEqual([
      { rpId: "localhost", origins: ["http://localhost:5173", "https://id.example"] },
    ]);
    expect(capabilitiesOf({}, { passkeys })).toEqual([false, false]);
    expect(capabilitiesOf(origins)).toEqual([false, true]);
  });

  test.each(["http://id.example", "https://id.example/", "localhost", "http://127.0.0.1:5173"])(
    "refuse %s as an origin of passkeys",
    (origin) => {
      expect(faultsOf({ MEMORY_PASSKEY_ORIGINS: origin })).toContain("MEMORY_PASSKEY_ORIGINS: ");
    },
  );

  test("let callers say nothing to the operator's code but what is listed", () => {
    const listed = (text: string) =>
      compose(readEnvironment({ CLIENT_METADATA: text })).options.clientMetadata;

    expect(listed("")).toEqual([]);
    expect(listed("campaign, landing page")).toEqual(["campaign", "landing page"]);
    expect(faultsOf({ CLIENT_METADATA: "campaign,,page" })).toContain("CLIENT_METADATA: ");
  });

  test.each([
    ["", 3600],
    ["0", 0],
    ["900", 900],
  ])("with REAUTHENTICATE_AFTER_SECONDS=%j take a sign-in for fresh for %i", (text, seconds) => {
    const { options } = compose(readEnvironment({ REAUTHENTICATE_AFTER_SECONDS: text }));

    expect(options.reauthenticateAfterSeconds).toBe(seconds);
  });

  test("make nobody an administrator unless they say who is", () => {
    const none = compose(readEnvironment({ ADMIN_GROUPS: "" })).options;
    const some = compose(
      readEnvironment({
        ADMIN_GROUPS: "admins, Help desk",
        ADMIN_SCOPES: "users/read,users/write",
        SIGN_UP_STATUS: "approval_required",
        TOTP_ISSUER: "Example Ltd.",
      }),
    ).options;

    expect(none.administrators).toEqual({ groups: [], scopes: [] });
    expect(some).toMatchObject({
      administrators: {
        groups: ["admins", "Help desk"],
        scopes: ["users/read", "users/write"],
      },
      signUpStatus: "approval_required",
      totpIssuer: "Example Ltd.",
    });
  });

  test("say what the service is to other services", () => {
    const none = compose(readEnvironment({ RESOURCE_URL: "" })).options;
    const some = compose(
      readEnvironment({
        RESOURCE_URL: "https://id.example",
        INTROSPECTION_CLIENT_ID: "orders-api",
        INTROSPECTION_CLIENT_SECRET: "s".repeat(32),
        ...cognito,
      }),
    ).options;

    expect(none).not.toHaveProperty("resource");
    expect(none).not.toHaveProperty("introspectionClient");
    expect(some).toMatchObject({
      resource: {
        resource: "https://id.example",
        authorizationServers: [expect.stringMatching(/^https:.*_/)],
      },
      introspectionClient: { id: "orders-api", secret: ["s".repeat(32)] },
    });
  });

  test.each([
    ["RESOURCE_URL", { RESOURCE_URL: "http://id.example" }],
    ["RESOURCE_URL", { RESOURCE_URL: "https://id.example/v1" }],
    ["RESOURCE_URL", { RESOURCE_URL: "id.example" }],
    ["INTROSPECTION_CLIENT_SECRET", { INTROSPECTION_CLIENT_ID: "orders-api" }],
    ["INTROSPECTION_CLIENT_ID", { INTROSPECTION_CLIENT_SECRET: "s".repeat(32), PORT: "x" }],
    ["INTROSPECTION_CLIENT_ID", { INTROSPECTION_CLIENT_ID: "a:b" }],
    ["INTROSPECTION_CLIENT_SECRET", { INTROSPECTION_CLIENT_SECRET: "short" }],
  ])("find %s at fault in %j", (name, environment) => {
    expect(faultsOf(environment)).toContain(`${name}: `);
  });

  test("refuse a provider that nobody wrote", () => {
    expect(faultsOf({ IDENTITY_PROVIDER: "saml" })).toContain("IDENTITY_PROVIDER: ");
  });

  test.each(["70000", "-1", "80.5", "0x50", "1e3"])("refuse %s as a port", (port) => {
    expect(faultsOf({ PORT: port })).toContain("PORT: must be a port number");
  });

  test.each([
    "https://app.example",
    "http://localhost:3000",
    "http://127.0.0.1:5173",
    "http://[::1]:5173",
    "http://app.localhost:5173",
  ])("take %s as an origin", (origin) => {
    expect(compose(readEnvironment({ CORS_ORIGINS: origin })).options.corsOrigins).toEqual([
      origin,
    ]);
  });

  test.each([
    "*",
    "null",
    "example.com",
    "https://a.example/",
    "https://a.example,",
    "http://app.example",
    "http://192.168.0.7:3000",
    "http://localhost.example",
    "https://app.example,http://app.example",
  ])("refuse %s as origins", (origins) => {
    expect(faultsOf({ CORS_ORIGINS: origins })).toContain("CORS_ORIGINS: ");
  });

  test("are all known by name, so that a runtime can grant just these", () => {
    expect(settingNames()).toEqual(expect.arrayContaining(["PORT", ...Object.keys(cognito)]));
    expect(new Set(settingNames()).size).toBe(settingNames().length);
  });
});
