import type { RevocationListModule, SharedStateModule } from "../shared/settings.ts";
import { createDurableObjectRateLimiter } from "./durable-object-rate-limiter.ts";
import {
  createDurableObjectRevocationList,
  type RevocationObjectNamespace,
} from "./durable-object-revocation-list.ts";
import { createDurableObjectSharedWork } from "./durable-object-shared-work.ts";
import { createKvRevocationList, type RevocationNamespace } from "./kv-revocation-list.ts";

/** The revocations of the service, in the KV namespace that is bound as `REVOCATIONS`. */
export const kvRevocations: RevocationListModule = {
  settingNames: [],
  bindingName: "REVOCATIONS",
  // KV itself takes up to a minute, and each listing has its price.
  maxAgeMs: 10_000,
  read({ REVOCATIONS: namespace }) {
    if (!isNamespace(namespace)) return lacking("REVOCATIONS", "a KV namespace");
    return { ok: true, value: (clock) => createKvRevocationList({ namespace, clock }) };
  },
};

/** The revocations of the service, in the Durable Object whose class is bound as `REVOCATION_LIST_OBJECT`. */
export const objectRevocations: RevocationListModule = {
  settingNames: [],
  bindingName: "REVOCATION_LIST_OBJECT",
  read({ REVOCATION_LIST_OBJECT: namespace }) {
    if (!isObjectNamespace(namespace))
      return lacking("REVOCATION_LIST_OBJECT", "the Durable Object class RevocationListObject");
    return { ok: true, value: (clock) => createDurableObjectRevocationList({ namespace, clock }) };
  },
};

/** All that the instances of the service share, in the Durable Objects whose class is bound as `SHARED_STATE_OBJECT`. */
export const objectState: SharedStateModule = {
  settingNames: [],
  bindingName: "SHARED_STATE_OBJECT",
  read({ SHARED_STATE_OBJECT: namespace }) {
    if (!isObjectNamespace(namespace))
      return lacking("SHARED_STATE_OBJECT", "the Durable Object class SharedStateObject");
    return {
      ok: true,
      value: (clock) => ({
        limiter: createDurableObjectRateLimiter({ namespace }),
        revocations: createDurableObjectRevocationList({ namespace, clock }),
        work: createDurableObjectSharedWork({ namespace }),
      }),
    };
  },
};

function lacking(name: string, what: string) {
  return {
    ok: false,
    faults: [`${name}: is required, as a binding to ${what} of Workers`],
  } as const;
}

function isNamespace(binding: unknown): binding is RevocationNamespace {
  return hasMethods(binding, "put", "list");
}

function isObjectNamespace(binding: unknown): binding is RevocationObjectNamespace {
  return hasMethods(binding, "idFromName", "get");
}

function hasMethods(binding: unknown, ...names: readonly string[]): boolean {
  if (typeof binding !== "object" || binding === null) return false;
  const members = binding as Readonly<Record<string, unknown>>;
  return names.every((name) => typeof members[name] === "function");
}
