import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { betterAuthFromEnv } from "../../../src/adapters/better-auth/index.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { OutboxMessage } from "../../../src/ports/index.ts";
import { createDatabaseFile, outcomeOf, secret } from "./support.ts";

const required = { DATABASE_URL: "file:users.db", BETTER_AUTH_SECRET: secret };
const carol = { username: "carol@example.com", password: "Correct-Horse-7", attributes: {} };

function read(environment: Record<string, string>) {
  const settings = betterAuthFromEnv.read(environment);
  if (!settings.ok) throw new Error(settings.faults.join("; "));
  return settings.value;
}

describe("the settings of Better Auth", () => {
  test.each([
    ["DATABASE_URL", "is missing", { BETTER_AUTH_SECRET: secret }],
    [
      "DATABASE_URL",
      "is another database's",
      { ...required, DATABASE_URL: "mysql://localhost/users" },
    ],
    ["BETTER_AUTH_SECRET", "is missing", { DATABASE_URL: "file:users.db" }],
    ["BETTER_AUTH_SECRET", "is too short", { ...required, BETTER_AUTH_SECRET: "too short" }],
    ["BETTER_AUTH_ISSUER", "is no address", { ...required, BETTER_AUTH_ISSUER: "no address" }],
    [
      "BETTER_AUTH_MESSAGE_URL",
      "is no address of the web",
      { ...required, BETTER_AUTH_MESSAGE_URL: "mailto:a@b.c" },
    ],
    [
      "BETTER_AUTH_GROUPS",
      "has a group without a name",
      { ...required, BETTER_AUTH_GROUPS: "editors,,readers" },
    ],
    [
      "BETTER_AUTH_GROUPS",
      "has a dot for a group",
      { ...required, BETTER_AUTH_GROUPS: "editors,." },
    ],
    [
      "BETTER_AUTH_GROUPS",
      "has two dots for a group",
      { ...required, BETTER_AUTH_GROUPS: ".., editors" },
    ],
  ])("name %s where it %s, and not its value", (name, _fault, environment) => {
    const settings = betterAuthFromEnv.read(environment);

    const faults = settings.ok ? [] : settings.faults;
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name}: `));
    for (const value of ["too short", "mysql", "no address"])
      expect(faults[0]).not.toContain(value);
  });

  test("ask for a way out for messages off loopback, or for printing codes by name", () => {
    const faultsOf = (environment: Record<string, string>) => {
      const settings = betterAuthFromEnv.read({ ...required, ...environment }, true);
      return settings.ok ? [] : settings.faults;
    };

    expect(faultsOf({})).toEqual([
      "BETTER_AUTH_MESSAGE_URL: is required off loopback, unless MAIL_SMTP_URL or MAIL_POST_URL is set, or BETTER_AUTH_PRINT_CODES=true",
    ]);
    expect(faultsOf({ BETTER_AUTH_MESSAGE_URL: "https://mail.example" })).toEqual([]);
    expect(faultsOf({ BETTER_AUTH_PRINT_CODES: "true" })).toEqual([]);
    expect(faultsOf({ MAIL_SMTP_URL: "smtp://mail.example" })).toEqual([]);
    expect(faultsOf({ MAIL_POST_URL: "https://mail.example" })).toEqual([]);
  });

  test("without a way out for messages: codes are printed, under a loud notice", async () => {
    const { path } = await createDatabaseFile();
    const printed: string[] = [];
    const create = read({ ...required, DATABASE_URL: `file:${path}` });
    const { identity, notice, settled } = create({
      clock: Date,
      print: (line) => printed.push(line),
      isRevoked: () => false,
    });

    await identity.signUp(carol);
    await settled?.();

    expect(notice).toMatch(/^WARNING/);
    const code = /\d{6}$/.exec(printed[0] ?? "")?.[0] ?? "";
    expect(await outcomeOf(identity.confirmSignUp({ ...carol, code }))).toBe("done");
  });

  test("where the service sends mails: they go its way, in the user's language, and a fault is told", async () => {
    const { path } = await createDatabaseFile();
    const create = read({ ...required, DATABASE_URL: `file:${path}` });
    const mailed: OutboxMessage[] = [];
    const failures: unknown[] = [];
    let isDown = false;
    const { identity, notice, settled } = create({
      clock: Date,
      print: () => expect.fail("a code was printed"),
      isRevoked: () => false,
      onDeliveryFailure: (failure) => failures.push(failure),
      mail: {
        async deliver(message) {
          if (isDown) throw new IdentityError("delivery_failed");
          mailed.push(message);
        },
        post: () => expect.fail("it is sent by the provider"),
      },
    });

    await identity.signUp({ ...carol, attributes: { locale: "de-DE" } });
    await settled?.();

    expect(notice).toBeUndefined();
    expect(mailed).toMatchObject([
      { destination: carol.username, purpose: "sign_up_confirmation", locale: "de-DE" },
    ]);
    const { code } = mailed[0] ?? expect.fail("there was no mail");
    await identity.confirmSignUp({ ...carol, code });
    const result = await identity.signIn(carol);
    if (result.status !== "signed_in") throw new Error(result.status);
    isDown = true;
    const { accessToken } = result.tokens;
    const change = { accessToken, attributes: { email: "carla@example.com" } };
    expect(await outcomeOf(identity.updateAttributes(change))).toBe("delivery_failed");
    await identity.startPasswordReset(carol);
    await settled?.();
    expect(failures).toMatchObject([{ purpose: "password_reset" }]);
  });

  test("with one: messages are posted there and nothing is printed", async () => {
    const { path } = await createDatabaseFile();
    const posted: { authorization: string | undefined; body: string }[] = [];
    const statuses = [204, 500];
    const url = await listen((authorization, body) => {
      posted.push({ authorization, body });
      return statuses.shift() ?? 500;
    });
    const create = read({
      ...required,
      DATABASE_URL: `file:${path}`,
      BETTER_AUTH_MESSAGE_URL: url,
      BETTER_AUTH_MESSAGE_TOKEN: "letters",
    });
    const printed: string[] = [];
    const failures: string[] = [];
    const { identity, notice, settled } = create({
      clock: Date,
      print: (line) => printed.push(line),
      isRevoked: () => false,
      onDeliveryFailure: ({ purpose, cause }) => failures.push(`${purpose}: ${String(cause)}`),
    });

    await identity.signUp(carol);
    await settled?.();

    expect(notice).toBeUndefined();
    expect(printed).toEqual([]);
    expect(posted[0]?.authorization).toBe("Bearer letters");
    expect(JSON.parse(posted[0]?.body ?? "")).toMatchObject({
      medium: "email",
      destination: carol.username,
      purpose: "sign_up_confirmation",
    });
    expect(failures).toEqual([]);
    expect(await outcomeOf(identity.resendConfirmation(carol))).toBe("done");
    await settled?.();
    expect(failures).toEqual([expect.stringMatching(/^sign_up_confirmation: .*500/)]);
  });
});

/** Starts a server that answers each request with a status, and gives its address. */
async function listen(answer: (authorization: string | undefined, body: string) => number) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    response.statusCode = answer(
      request.headers.authorization,
      Buffer.concat(chunks).toString("utf8"),
    );
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/messages`;
}
