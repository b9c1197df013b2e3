import { randomBytes } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import type { DirectorySettings } from "../../../src/adapters/ldap/settings.ts";
import {
  answer,
  answerWith,
  type DirectoryRequest,
  entryOf,
  type Script,
  type ScriptedDirectory,
  startScriptedDirectory,
} from "../../support/scripted-directory.ts";
import { reader } from "../../support/slapd.ts";
import { outcomeOf, password, providerAt } from "./support.ts";

const ada = {
  dn: "uid=ada,ou=people,dc=example,dc=com",
  attributes: { entryUUID: ["id-of-ada"], uid: ["ada"], cn: ["Ada"] },
};

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Starts a directory that lets whoever searches in, and does with all else what the script says. */
async function start(script: Script, settings: Partial<DirectorySettings> = {}) {
  const directory = await startScriptedDirectory((request) => {
    if (request.dn === reader.dn) answer(request);
    else script(request);
  });
  const provider = providerAt(directory.url, settings);
  closers.push(provider.close, directory.close);
  const signIn = () => outcomeOf(provider.identity.signIn({ username: "ada", password }));
  return { ...provider, directory, signIn };
}

/** A directory with one user, who is let in, and in no group. */
const honest: Script = (request) => {
  if (request.kind === "bind") answer(request);
  else answerWith(request, isOfGroups(request) ? [] : [ada]);
};

const searches = new WeakMap<object, number>();
/** The second search of a sign-in is for the groups. */
function isOfGroups({ socket }: DirectoryRequest): boolean {
  const count = (searches.get(socket) ?? 0) + 1;
  searches.set(socket, count);
  return count % 2 === 0;
}

test("a directory that is as it should be lets the user in, so that the others say something", async () => {
  const { signIn } = await start(honest);

  expect((await signIn()).code).toBe("none");
});

describe("a directory that is out of order is blamed, and not the user", () => {
  const searched: readonly (readonly [string, string, (request: DirectoryRequest) => void])[] = [
    ["says nothing", "provider_timeout", () => undefined],
    ["closes", "provider_unavailable", ({ socket }) => socket.destroy()],
    [
      "closes in the middle of an entry",
      "provider_unavailable",
      ({ id, socket }) => socket.end(entryOf(id, ada).subarray(0, 30)),
    ],
    [
      "closes after an entry",
      "provider_unavailable",
      ({ id, socket }) => socket.end(entryOf(id, ada)),
    ],
    [
      "sends an entry byte by byte, and no end",
      "provider_timeout",
      ({ id, socket }) => {
        for (const byte of entryOf(id, ada)) socket.write(Uint8Array.of(byte));
      },
    ],
    ["answers with noise", "provider_timeout", ({ socket }) => socket.write(randomBytes(4096))],
    [
      "answers with HTTP",
      "provider_timeout",
      ({ socket }) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"),
    ],
    ["is busy", "provider_unavailable", (request) => answer(request, 51, "busy")],
    ["is unavailable", "provider_unavailable", (request) => answer(request, 52)],
    [
      "refers to another",
      "provider_misconfigured",
      (request) => answer(request, 10, "ldap://127.0.0.1:1/"),
    ],
    ["has no such base", "provider_misconfigured", (request) => answer(request, 32)],
    ["lets nobody search", "provider_misconfigured", (request) => answer(request, 50)],
    [
      "has an entry without an id",
      "provider_misconfigured",
      (request) => answerWith(request, [{ ...ada, attributes: { uid: ["ada"] } }]),
    ],
  ];

  test.each(searched)("that %s: %s", async (_what, code, search) => {
    const { signIn } = await start((request) => {
      if (request.kind === "search") search(request);
      else answer(request);
    });
    const began = performance.now();

    const outcome = await signIn();

    expect(outcome.code).toBe(code);
    expect(outcome.shown).not.toContain(password);
    expect(outcome.shown).not.toContain(reader.password);
    expect(performance.now() - began).toBeLessThan(3000);
  });

  test.each([
    ["says nothing", "provider_timeout", () => undefined],
    ["closes", "provider_unavailable", ({ socket }: DirectoryRequest) => socket.destroy()],
    ["is busy", "provider_unavailable", (request: DirectoryRequest) => answer(request, 51)],
    ["wants TLS", "provider_misconfigured", (request: DirectoryRequest) => answer(request, 13)],
  ] as const)("that %s when a password is tried: %s", async (_what, code, bind) => {
    const { signIn } = await start((request) => {
      if (request.kind === "bind") bind(request);
      else honest(request);
    });

    const outcome = await signIn();

    expect(outcome.code).toBe(code);
    expect(outcome.shown).not.toContain(password);
  });

  test("that does not take the password it is searched with", async () => {
    const directory = await startScriptedDirectory((request) => answer(request, 49));
    const { identity, close } = providerAt(directory.url);
    closers.push(close, directory.close);

    const { code, shown } = await outcomeOf(identity.signIn({ username: "ada", password }));

    expect(code).toBe("provider_misconfigured");
    expect(shown).not.toContain(reader.password);
  });
});

describe("a directory that lies gets nobody in", () => {
  test.each([
    ["two entries of one name", [ada, { ...ada, dn: `cn=other,${ada.dn}` }]],
    ["the entry of another name", [{ ...ada, attributes: { ...ada.attributes, uid: ["eve"] } }]],
    ["an entry without a DN, whose bind would be nobody's", [{ ...ada, dn: "" }]],
    ["an entry whose DN is the name of a SASL mechanism", [{ ...ada, dn: "EXTERNAL" }]],
    ["no entry", []],
  ])("by %s", async (_what, entries) => {
    const { signIn } = await start((request) => {
      if (request.kind === "search") answerWith(request, entries);
      // Whoever binds as nobody is let in, as directories do.
      else answer(request, /^$|^EXTERNAL$|^uid=/.test(request.dn) ? 0 : 49);
    });

    expect((await signIn()).code).toBe("invalid_credentials");
  });

  test("by another entry for a subject", async () => {
    let name = "ada";
    const { identity } = await start((request) => {
      if (request.kind === "bind") return answer(request);
      const attributes = { ...ada.attributes, entryUUID: [`id-of-${name}`] };
      answerWith(request, isOfGroups(request) ? [] : [{ ...ada, attributes }]);
    });
    const result = await identity.signIn({ username: "ada", password });
    if (result.status !== "signed_in") throw new Error("a challenge came");
    name = "eve";

    const { code } = await outcomeOf(
      identity.refresh({ refreshToken: result.tokens.refreshToken ?? "" }),
    );

    expect(code).toBe("invalid_refresh_token");
  });
});

test("more groups than a token has room for are a fault to mend, and none is left out", async () => {
  const groups = Array.from({ length: 300 }, (_, index) => ({
    dn: `cn=group ${index},dc=example,dc=com`,
    attributes: { cn: [`group ${index}`] },
  }));
  const { signIn } = await start((request) => {
    if (request.kind === "bind") answer(request);
    else answerWith(request, isOfGroups(request) ? groups : [ada]);
  });

  expect((await signIn()).code).toBe("provider_misconfigured");
});

test.each([
  ["sends more users than are looked through", 10_001],
  ["has a limit of its own", 0],
])("a directory that %s has them listed by none", async (_what, count) => {
  const users = Array.from({ length: count }, (_, index) => ({
    dn: `uid=user-${index},dc=example,dc=com`,
    attributes: { uid: [`user-${index}`], entryUUID: [`${index}`] },
  }));
  const { identity } = await start(
    (request) => {
      if (count === 0) answer(request, 4);
      else answerWith(request, users);
    },
    { timeoutMs: 10_000 },
  );

  await expect(identity.listUsers({ limit: 1 })).rejects.toMatchObject({
    code: "validation_failed",
    violations: [{ path: ["filter"], reason: "too_many_users" }],
  });
});

test("a directory that sends without end is left", { timeout: 30_000 }, async () => {
  let sent = 0;
  const { signIn } = await start(
    ({ id, socket }) => {
      const flood = Buffer.concat(Array.from({ length: 2000 }, () => entryOf(id, ada)));
      const more = () => {
        if (socket.destroyed) return;
        sent += flood.length;
        socket.write(flood, more);
      };
      more();
    },
    { timeoutMs: 20_000 },
  );

  expect((await signIn()).code).toBe("provider_unavailable");
  expect(sent).toBeLessThan(64 * 1024 * 1024);
});

describe("StartTLS", () => {
  async function startUpgrading(script: Script): Promise<ScriptedDirectory & { code: string }> {
    const directory = await startScriptedDirectory(script);
    const { identity, close } = providerAt(directory.url, { startTls: true });
    closers.push(close, directory.close);
    const { code } = await outcomeOf(identity.signIn({ username: "ada", password }));
    return { ...directory, code };
  }

  test.each([
    ["refused", "provider_unavailable", (request: DirectoryRequest) => answer(request, 2)],
    [
      "granted by one that then closes",
      "provider_unavailable",
      (request: DirectoryRequest) => {
        answer(request);
        request.socket.end();
      },
    ],
    [
      "granted by one that then says nothing",
      "provider_timeout",
      (request: DirectoryRequest) => answer(request),
    ],
  ] as const)("that is %s lets no password out", async (_what, code, script) => {
    const outcome = await startUpgrading(script);

    expect(outcome.code).toBe(code);
    expect(outcome.received()).not.toContain(reader.password);
    expect(outcome.received()).not.toContain(password);
    expect(outcome.connections()).toBe(1);
  });
});

test("no more connections than were set are open at once", async () => {
  let open = 0;
  let most = 0;
  const { identity } = await start(
    (request) => {
      if (request.kind === "search") return answerWith(request, []);
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        answer(request, 49);
      }, 20);
    },
    { connections: 3, timeoutMs: 10_000 },
  );

  const calls = Array.from({ length: 30 }, (_, index) =>
    outcomeOf(identity.signIn({ username: `user-${index}`, password })),
  );
  const codes = (await Promise.all(calls)).map(({ code }) => code);

  expect(new Set(codes)).toEqual(new Set(["invalid_credentials"]));
  expect(most).toBeLessThanOrEqual(3);
});

describe("Active Directory's reasons", () => {
  test.each([
    ["525", "invalid_credentials"],
    ["52e", "invalid_credentials"],
    ["530", "rejected_by_policy"],
    ["531", "rejected_by_policy"],
    ["532", "password_reset_required"],
    ["533", "user_disabled"],
    ["701", "user_disabled"],
    ["773", "password_reset_required"],
    ["775", "invalid_credentials"],
    ["999", "invalid_credentials"],
  ])("%s is %s", async (reason, code) => {
    const text = `80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data ${reason}, v4563`;
    const { signIn } = await start((request) => {
      if (request.kind === "bind") answer(request, 49, text);
      else answerWith(request, [ada]);
    });

    const outcome = await signIn();

    expect(outcome.code).toBe(code);
    expect(outcome.shown).not.toContain("DSID");
  });
});

test("a directory that takes nearly all the time for each answer gets no more of it for several", async () => {
  const { signIn } = await start((request) => {
    setTimeout(() => honest(request), 700);
  });
  const began = performance.now();

  const { code } = await signIn();

  expect(code).toBe("provider_timeout");
  expect(performance.now() - began).toBeLessThan(1400);
});
