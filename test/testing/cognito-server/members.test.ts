import { describe, expect, test } from "vitest";
import { operations } from "../../../src/testing/cognito-server/operations.ts";
import type { Check, Shape } from "../../../src/testing/cognito-server/wire/constraints.ts";
import { definitions } from "./definitions/index.ts";
import { fates, membersIn } from "./members/member-table.ts";
import { refusedRequests } from "./members/refused-requests.ts";
import { readRequestModel } from "./members/sdk-model.ts";
import { refusalOf, startWorld } from "./support.ts";

const model = readRequestModel(operations.keys());
const fateOf = fates();

/** The members that the server reads a structure with, wherever the structure is in a request. */
function readers(): ReadonlyMap<string, Check<unknown>> {
  const found = new Map<string, Check<unknown>>();
  const add = (structure: string, shape: Shape): void => {
    for (const [member, inner] of model.structures.get(structure) ?? []) {
      const check = shape[member];
      if (check) found.set(`${structure}.${member}`, check);
      const within = check && membersWithin(check);
      if (inner && within) add(inner, within);
    }
  };
  for (const [name, structure] of model.requests)
    add(structure, operations.get(name)?.members ?? {});
  return found;
}

function membersWithin({ members, item }: Check<unknown>): Shape | undefined {
  return members ?? (item && membersWithin(item));
}

describe("every member of every operation that is served", () => {
  test("has a line in the table, and no line is without a member", () => {
    const members = [...membersIn(model)].toSorted();

    expect(members.filter((name) => !fateOf.has(name))).toEqual([]);
    expect([...fateOf.keys()].filter((name) => !members.includes(name))).toEqual([]);
  });

  test("is read by the server: none is dropped", () => {
    const read = readers();

    expect([...fateOf.keys()].filter((name) => !read.has(name))).toEqual([]);
  });

  test("is in a pool's definition where it is kept, or else has a test of its own", () => {
    const inDefinitions = new Set<string>();
    for (const { pool, mfa, identityProviders, resourceServers, clients, domains } of Object.values(
      definitions,
    )) {
      collect(inDefinitions, "CreateUserPoolRequest", pool);
      collect(inDefinitions, "SetUserPoolMfaConfigRequest", mfa);
      for (const one of identityProviders ?? [])
        collect(inDefinitions, "CreateIdentityProviderRequest", one);
      for (const one of resourceServers ?? [])
        collect(inDefinitions, "CreateResourceServerRequest", one);
      for (const one of clients) collect(inDefinitions, "CreateUserPoolClientRequest", one);
      for (const one of domains ?? []) collect(inDefinitions, "CreateUserPoolDomainRequest", one);
    }

    const kept = [...fateOf].filter(([, fate]) => fate === "kept").map(([name]) => name);
    const made = new Set(kept.map((name) => name.replace(/^Update/, "Create")));
    expect([...made].filter((name) => !inDefinitions.has(name))).toEqual([
      // test/testing/cognito-server/groups.test.ts
      "CreateGroupRequest.Description",
      "CreateGroupRequest.RoleArn",
      // test/testing/cognito-server/pool-resources.test.ts
      "TagResourceRequest.Tags",
    ]);
  });
});

/** Adds the members that a request has. */
function collect(found: Set<string>, structure: string, value: unknown): void {
  if (Array.isArray(value)) for (const one of value) collect(found, structure, one);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const members = model.structures.get(structure);
  for (const [member, inner] of Object.entries(value)) {
    found.add(`${structure}.${member}`);
    const within = members?.get(member);
    if (within) collect(found, within, inner);
  }
}

describe("what is refused whatever its value", () => {
  test.each(Object.entries(refusedRequests))("%s is", async (_member, request) => {
    const world = await startWorld();

    expect(await refusalOf(request(world))).toMatch(
      /^InvalidParameterException: This server does not do /,
    );
  });

  test("has a request each", () => {
    const refused = [...fateOf].filter(([, fate]) => fate === "refused").map(([name]) => name);

    expect(Object.keys(refusedRequests).toSorted()).toEqual(refused.toSorted());
  });
});
