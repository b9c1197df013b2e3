import * as z from "zod/mini";
import { createMemoryRateLimiter } from "../adapters/memory/index.ts";
import {
  type Environment,
  oneOf,
  type ReadSettings,
  readSettings,
  type SetUpFinding,
  type SharedState,
  type SharedStateModule,
} from "../adapters/shared/settings.ts";
import { sharedStates } from "../adapters/shared-states.ts";
import type { Log } from "../adapters/system/json-lines.ts";
import { createReportedSharedWork } from "../adapters/system/reported-shared-work.ts";
import { createStandbyRateLimiter } from "../adapters/system/standby-rate-limiter.ts";
import type { Clock, RateLimiter, SharedWork } from "../ports/index.ts";
import { reasonOf } from "./revocations.ts";

const modules: Readonly<Record<string, SharedStateModule>> = sharedStates;
const stateNames = Object.keys(sharedStates) as (keyof typeof sharedStates)[];

const schema = z.object({ SHARED_STATE: z._default(oneOf(stateNames), "memory") });

/** The place that instances share their state in, as the settings name it. */
export interface SharedStateSettings {
  /** Whether other instances see it. */
  readonly isShared: boolean;
  readonly create: (parts: { readonly clock: Clock; readonly log: Log }) => ServiceState;
}

/** The state of the service, where instances may share it. */
export interface ServiceState extends SharedState {
  /** The limiter once more, where it is one that instances share. */
  readonly counter?: RateLimiter;
  /** Looks at whether the state can be used. Never rejects. */
  readonly checkSetUp?: () => Promise<readonly SetUpFinding[]>;
}

/** Every variable that {@link readSharedStateSettings} can look at. */
export function sharedStateSettingNames(): readonly string[] {
  const names = Object.values(modules).flatMap(({ settingNames }) => settingNames);
  return [...Object.keys(schema.shape), ...names];
}

/** Every binding of Workers that {@link readSharedStateSettings} can look at. */
export function sharedStateBindingNames(): readonly string[] {
  return Object.values(modules).flatMap(({ bindingName }) => bindingName ?? []);
}

/** Reads which place is wanted and how to reach it, and gives what makes it. */
export function readSharedStateSettings(
  environment: Environment,
): ReadSettings<SharedStateSettings> {
  const read = readSettings(schema, environment);
  if (!read.ok) return read;
  const chosen: SharedStateModule = sharedStates[read.value.SHARED_STATE];
  const state = chosen.read(environment);
  if (!state.ok) return state;
  const { isShared = true } = chosen;
  return {
    ok: true,
    value: {
      isShared,
      create({ clock, log }) {
        const made = state.value(clock);
        if (!isShared) return made;
        const limiter = withStandby(made.limiter, log);
        const work = made.work && reported(made.work, log);
        const checkSetUp = async () => (await chosen.checkSetUp?.(environment)) ?? [];
        return { ...made, limiter, counter: limiter, checkSetUp, ...(work && { work }) };
      },
    },
  };
}

/** Each instance goes on by itself where it cannot be reached: whoever works in it says so once, and once that it can again. */
function reported(work: SharedWork, log: Log): SharedWork {
  const event = "shared_state";
  return createReportedSharedWork(work, {
    onFailure: (failure) => log("error", { event, outcome: "failure", reason: reasonOf(failure) }),
    onRecovery: () => log("info", { event, outcome: "success" }),
  });
}

/** Sign-ins go on where the state cannot be reached; guesses at codes do not, and nothing that sends them. */
function withStandby(shared: RateLimiter, log: Log): RateLimiter {
  const event = "shared_state";
  return createStandbyRateLimiter({
    shared,
    standby: createMemoryRateLimiter(),
    mayStandIn: ({ policy }) => !policy.startsWith("code_"),
    onFailure: (failure) => log("error", { event, outcome: "failure", reason: reasonOf(failure) }),
    onRecovery: () => log("info", { event, outcome: "success" }),
  });
}
