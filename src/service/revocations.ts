import * as z from "zod/mini";
import { createRevocationCheck, type RevocationCheckOptions } from "../adapters/jwt/index.ts";
import { revocationLists } from "../adapters/revocation-lists.ts";
import {
  type Environment,
  oneOf,
  type ReadSettings,
  type RevocationListModule,
  readSettings,
  type SetUpFinding,
  wholeNumber,
} from "../adapters/shared/settings.ts";
import type { Log } from "../adapters/system/json-lines.ts";
import type { Clock, RevocationList, Revocations } from "../ports/index.ts";

const listNames = Object.keys(revocationLists) as (keyof typeof revocationLists)[];

const schema = z.object({
  REVOCATION_LIST: z._default(oneOf(listNames), "memory"),
  REVOCATION_LIST_UNAVAILABLE: z._default(oneOf(["accept", "refuse"]), "accept"),
  REVOCATION_LIST_STALE_SECONDS: z._default(wholeNumber(0, 3600, "must be 0 to 3600 seconds"), 10),
  REVOCATION_LIST_MAX_ENTRIES: z._default(
    wholeNumber(1000, 10_000_000, "must be 1000 to 10000000 entries"),
    200_000,
  ),
  ACCESS_TOKEN_MAX_SECONDS: z._default(
    wholeNumber(60, 86_400, "must be 60 to 86400 seconds"),
    86_400,
  ),
});

/** The parts that the service is given to work with besides its settings. */
export interface RevocationParts extends Pick<RevocationCheckOptions, "waitUntil"> {
  /** The list in the state that instances share, which is taken where no other is named. */
  readonly sharedList: RevocationList;
  readonly clock: Clock;
  readonly log: Log;
}

/** The revocations, for those who add to them and those who ask. */
export type ServiceRevocations = Revocations &
  Pick<ReturnType<typeof createRevocationCheck>, "isRevoked" | "copyState" | "check"> & {
    /** Looks at whether the list can be used, where it is one of its own. Never rejects. */
    readonly checkSetUp: () => Promise<readonly SetUpFinding[]>;
  };

/** Every variable that {@link readRevocationSettings} can look at. */
export function revocationSettingNames(): readonly string[] {
  return [
    ...Object.keys(schema.shape),
    ...Object.values(revocationLists).flatMap(({ settingNames }) => settingNames),
  ];
}

/** Every binding of Workers that {@link readRevocationSettings} can look at. */
export function revocationBindingNames(): readonly string[] {
  return Object.values<RevocationListModule>(revocationLists).flatMap(
    ({ bindingName }) => bindingName ?? [],
  );
}

/** Reads which list is wanted and how to reach it, and gives what makes it. */
export function readRevocationSettings(
  environment: Environment,
): ReadSettings<(parts: RevocationParts) => ServiceRevocations> {
  const read = readSettings(schema, environment);
  const name = schema.shape.REVOCATION_LIST.safeParse(environment.REVOCATION_LIST || undefined);
  const chosen: RevocationListModule | undefined = name.success
    ? revocationLists[name.data]
    : undefined;
  const list = chosen?.read(environment);
  const faults = [read, list].flatMap((part) => (part && !part.ok ? part.faults : []));
  if (!read.ok || !list?.ok) return { ok: false, faults };
  const settings = read.value;
  return {
    ok: true,
    value: ({ clock, log, sharedList, waitUntil }) => ({
      ...createRevocationCheck({
        list: environment.REVOCATION_LIST ? list.value(clock) : sharedList,
        clock,
        maxAgeMs: chosen?.maxAgeMs ?? 2000,
        maxStaleMs: settings.REVOCATION_LIST_STALE_SECONDS * 1000,
        maxEntries: settings.REVOCATION_LIST_MAX_ENTRIES,
        whenUnavailable: settings.REVOCATION_LIST_UNAVAILABLE,
        ...reportsTo(log),
        ...(waitUntil && { waitUntil }),
      }),
      longestTokenSeconds: settings.ACCESS_TOKEN_MAX_SECONDS,
      async checkSetUp() {
        // The state that instances share is looked at by itself.
        if (!environment.REVOCATION_LIST) return [];
        return (await chosen?.checkSetUp?.(environment)) ?? [];
      },
    }),
  };
}

/** Logs what whoever runs the service has to know of the list. */
function reportsTo(
  log: Log,
): Pick<RevocationCheckOptions, "onFailure" | "onRecovery" | "onRestored" | "onFilling"> {
  const event = "revocation_list";
  const outcome = "failure";
  return {
    onFailure: (failure) => log("error", { event, outcome, reason: reasonOf(failure) }),
    onRecovery: () => log("info", { event, outcome: "success" }),
    onRestored: (restored) => log("error", { event, outcome, reason: "lost_entries", restored }),
    onFilling(entries, maxEntries) {
      const reason = entries < maxEntries ? "nearly_full" : "full";
      log("warn", { event, reason, entries, max_entries: maxEntries });
    },
  };
}

/** The kind of error that was at the bottom of it: its code or name, as its message could tell anything. */
export function reasonOf(failure: unknown): string {
  if (!(failure instanceof Error)) return "unknown";
  if (failure.cause !== undefined) return reasonOf(failure.cause);
  return "code" in failure && typeof failure.code === "string" ? failure.code : failure.name;
}
