import { describe, expect, test } from "vitest";
import { createJwtVerifier, createRevocationCheck } from "../../../src/adapters/jwt/index.ts";
import {
  createMemoryIdentityProvider,
  createMemoryRevocationList,
} from "../../../src/adapters/memory/index.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { Ports } from "../../../src/ports/index.ts";
import { ada, administrators } from "../admin-support.ts";
import { adminGroup, startService, type TestServiceOptions, type Tokens } from "../support.ts";

/** What the tests need of a service. */
type Service = ReturnType<typeof startService>;

/** Someone who ends a user's access, and what is sent for it. */
interface Ending {
  readonly what: string;
  readonly end: (service: Service, user: Tokens, admin: string) => ReturnType<Service["send"]>;
}

const byUser: readonly Ending[] = [
  {
    what: "signing out everywhere",
    end: ({ send }, { access_token: token }) => send("POST", "/v1/sign-out/everywhere", { token }),
  },
  {
    what: "deleting the account",
    end: ({ send }, { access_token: token }) => send("DELETE", "/v1/me", { token }),
  },
];

const byAdministrator: readonly Ending[] = [
  {
    what: "an administrator's sign-out",
    end: ({ send }, _user, token) => send("POST", `${ada}/sign-out`, { token }),
  },
  {
    what: "an administrator's disabling",
    end: ({ send }, _user, token) => send("POST", `${ada}/disable`, { token }),
  },
  {
    what: "an administrator's taking a group away",
    end: ({ send }, _user, token) => send("DELETE", `${ada}/groups/${adminGroup}`, { token }),
  },
  {
    what: "an administrator's deletion",
    end: ({ send }, _user, token) => send("DELETE", ada, { token }),
  },
];

const signingOut: Ending = {
  what: "signing out",
  end: ({ send }, { access_token: token, refresh_token }) =>
    send("POST", "/v1/sign-out", { token, body: { refresh_token } }),
};

/** A service with a user who is signed in, and an administrator. */
async function start(options: TestServiceOptions = {}) {
  const service = startService({ administrators, ...options });
  const user = await service.signedIn();
  return { service, user, admin: await service.adminToken() };
}

/** A list that fails as often as it is told. */
function failingOften(times: number) {
  let left = times;
  return ({ revocations }: Ports): Partial<Ports> => ({
    revocations: {
      async add(revocation) {
        left -= 1;
        if (left >= 0) throw new IdentityError("provider_unavailable", { retryAfterSeconds: 3 });
        await revocations?.add(revocation);
      },
    },
  });
}

async function codeOf({ send }: Service, token: string): Promise<unknown> {
  return (await send("GET", "/v1/session", { token })).body.code;
}

describe("an access token stops working at the next request after", () => {
  test.each([signingOut, ...byUser, ...byAdministrator])("$what", async ({ end }) => {
    const { service, user, admin } = await start();

    const { status } = await end(service, user, admin);

    expect(status).toBe(204);
    expect(await codeOf(service, user.access_token)).toBe("token_revoked");
  });

  test("the end of its session by another", async () => {
    const { service, user } = await start();
    const { access_token: other } = await service.signIn();
    const { text } = await service.send("GET", "/v1/me/sessions", { token: other });
    const { sessions } = JSON.parse(text) as { sessions: { id: string; is_current: boolean }[] };
    const ended = sessions.find((session) => !session.is_current);

    await service.send("DELETE", `/v1/me/sessions/${ended?.id}`, { token: other });

    expect(await codeOf(service, user.access_token)).toBe("token_revoked");
    expect(await codeOf(service, other)).toBeUndefined();
  });
});

describe("an access token outlives, as its session does,", () => {
  const newPassword = "Another-Horse-8";

  test.each<Ending>([
    {
      what: "a password that an administrator sets",
      end: ({ send }, _user, token) =>
        send("POST", `${ada}/set-password`, { token, body: { password: newPassword } }),
    },
    {
      what: "a reset that an administrator asks for",
      end: ({ send }, _user, token) => send("POST", `${ada}/reset-password`, { token }),
    },
  ])("$what", async ({ end }) => {
    const { service, user, admin } = await start();

    const { status } = await end(service, user, admin);

    expect([200, 204]).toContain(status);
    expect(await codeOf(service, user.access_token)).toBeUndefined();
  });
});

describe("where the list cannot be written to", () => {
  test.each([signingOut, ...byUser, ...byAdministrator])(
    "$what says so, and when to try again",
    async ({ end }) => {
      const { service, user, admin } = await start({ ports: failingOften(1) });

      const { status, body, headers } = await end(service, user, admin);

      expect([status, body.code]).toEqual([503, "provider_unavailable"]);
      expect(headers.get("Retry-After")).toBe("3");
    },
  );

  test.each([signingOut, ...byAdministrator])(
    "$what can be repeated until it is done",
    async ({ end }) => {
      const { service, user, admin } = await start({ ports: failingOften(2) });

      const answers = [];
      for (let round = 0; round < 3; round += 1) answers.push(await end(service, user, admin));

      expect(answers.map(({ status }) => status)).toEqual([503, 503, 204]);
      expect(await codeOf(service, user.access_token)).toBe("token_revoked");
    },
  );

  test.each(byUser)("$what is finished when it is repeated", async ({ end }) => {
    const { service, user, admin } = await start({ ports: failingOften(2) });

    const answers = [];
    for (let round = 0; round < 3; round += 1) answers.push(await end(service, user, admin));

    // The third tells what the provider does: that the session has ended.
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 401]);
    expect(await codeOf(service, user.access_token)).toBe("token_revoked");
  });

  test("an administrator's deletion leaves the user, who can then be deleted", async () => {
    const { service, user, admin } = await start({ ports: failingOften(1) });
    const [deletion] = byAdministrator.slice(-1);

    await deletion?.end(service, user, admin);
    const { status } = await service.send("GET", ada, { token: admin });

    expect(status).toBe(200);
  });
});

describe("where the list cannot be read", () => {
  function withoutList(whenUnavailable: "accept" | "refuse") {
    return ({ keys }: Ports): Partial<Ports> => {
      const { add } = createMemoryRevocationList();
      const list = { add, read: () => Promise.reject(new Error("the list is down")) };
      const { isRevoked } = createRevocationCheck({ list, whenUnavailable });
      const { issuer, clientId } = createMemoryIdentityProvider();
      return { tokens: createJwtVerifier({ issuer, clientIds: [clientId], keys, isRevoked }) };
    };
  }

  test("good tokens are taken, unless they are to be refused", async () => {
    const open = await start({ ports: withoutList("accept") });
    const closed = await start({ ports: withoutList("refuse") });

    const taken = await open.service.send("GET", "/v1/session", { token: open.user.access_token });
    const refused = await closed.service.send("GET", "/v1/session", {
      token: closed.user.access_token,
    });

    expect(taken.status).toBe(200);
    expect([refused.status, refused.body.code]).toEqual([503, "provider_unavailable"]);
    expect(refused.headers.get("Retry-After")).toMatch(/^\d+$/);
  });
});
