// Holds as many users in memory as it is asked for, each with a session, and as many revocations, and makes calls.
import { createEngine, type Engine } from "../../../src/adapters/memory/engine.ts";
import { identityProviderOf } from "../../../src/adapters/memory/identity-provider.ts";
import { createMemoryRevocationList } from "../../../src/adapters/memory/index.ts";
import type { UserFilter } from "../../../src/domain/administration.ts";
import type { IdentityProvider } from "../../../src/ports/index.ts";
import { answerWorks, repeated, walked } from "../filled.ts";
import { heapInUse } from "../heap.ts";
import { inLanes } from "../lanes.ts";

const password = "Correct-Horse-7";
const group = "some";

await answerWorks(async (size) => {
  // The memory of the code itself is no growth.
  await signUpMany(createProvider(), 500);
  const before = heapInUse();
  const provider = createProvider();
  await signUpMany(provider, size);
  const userBytes = (heapInUse() - before) / size;
  return { userBytes, works: await worksOn(provider, size) };
});

interface Provider {
  readonly engine: Engine;
  readonly identity: IdentityProvider;
}

function createProvider(): Provider {
  // How often a password is hashed shows nowhere in what is kept of it.
  const engine = createEngine({ hashIterations: 1, maxUsers: 1e6, groups: [{ name: group }] });
  return { engine, identity: identityProviderOf(engine) };
}

async function signUpMany({ engine, identity }: Provider, size: number): Promise<void> {
  const signUp = async (username: string, index: number) => {
    const attributes = { email: username, name: `Ada ${index}` };
    await identity.signUp({ username, password, attributes });
    const code = engine.courier.messagesFor(username).at(-1)?.code ?? "";
    await identity.confirmSignUp({ username, code });
  };
  await inLanes(Array.from({ length: size }, (_, index) => () => signUp(nameOf(index), index)));
}

async function worksOn({ engine, identity }: Provider, size: number) {
  const until = Date.now() / 1000 + 86_400;
  const revocations = createMemoryRevocationList();
  for (let index = 0; index < size; index += 1) {
    const subject = engine.users.find(nameOf(index))?.subject ?? "";
    const { session } = await engine.sessions.begin(subject, engine.client);
    const { id: sessionId } = session;
    await revocations.add({ kind: "session", issuer: engine.settings.issuer, sessionId, until });
  }
  let { cursor: seen, hasMore } = await revocations.read();
  while (hasMore) ({ cursor: seen, hasMore } = await revocations.read(seen));
  return {
    ...filterWorks(identity, size),
    ...userWorks(identity, size),
    "poll the revocations, none new": repeated(() => revocations.read(seen)),
    "list the users, by the page": walked(async (cursor) => {
      const page = await identity.listUsers({ limit: 60, ...(cursor !== undefined && { cursor }) });
      return page.cursor;
    }),
  };
}

function filterWorks({ listUsers }: IdentityProvider, size: number) {
  const search = (
    field: UserFilter["field"],
    operator: UserFilter["operator"],
    textOf: (index: number) => string,
  ) =>
    repeated((index) =>
      listUsers({ limit: 60, filter: { field, operator, value: textOf(index % size) } }),
    );
  return {
    "list the users, the first page": repeated(() => listUsers({ limit: 60 })),
    "filter by an e-mail address": search("email", "equals", nameOf),
    "filter by a name": search("name", "equals", (index) => `Ada ${index}`),
    "filter by a status that nobody has": search("status", "equals", () => "unconfirmed"),
    "filter by a status that everybody has": search("status", "equals", () => "confirmed"),
    "filter by how one address begins": search("email", "starts_with", (index) =>
      nameOf(index).slice(0, -4),
    ),
    "filter by how all addresses begin": search("email", "starts_with", () => "user"),
    "filter by how no subject begins": search("sub", "starts_with", () => "nobody"),
  };
}

function userWorks(identity: IdentityProvider, size: number) {
  const on = (call: (named: { readonly username: string }) => Promise<unknown>) =>
    repeated((index) => call({ username: nameOf(index % size) }));
  return {
    "get a user": on(identity.getUser),
    "sign a user out": on(identity.signOutUser),
    "disable a user": on(identity.disableUser),
    "enable a user": on(identity.enableUser),
    "put a user into a group": on((named) => identity.addToGroup({ ...named, group })),
    "list the groups of a user": on((named) => identity.listUserGroups({ ...named, limit: 60 })),
    "take a user out of a group": on((named) => identity.removeFromGroup({ ...named, group })),
  };
}

function nameOf(index: number): string {
  return `user-${index}@example.com`;
}
