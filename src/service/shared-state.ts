import * as z from "zod/mini";
import {
  type Environment,
  oneOf,
  type ReadSettings,
  readSettings,
  type SharedState,
  type SharedStateModule,
} from "../adapters/shared/settings.ts";
import { sharedStates } from "../adapters/shared-states.ts";
import type { Clock } from "../ports/index.ts";

const modules: Readonly<Record<string, SharedStateModule>> = sharedStates;
const stateNames = Object.keys(sharedStates) as (keyof typeof sharedStates)[];

const schema = z.object({ SHARED_STATE: z._default(oneOf(stateNames), "memory") });

/** The place that instances share their state in, as the settings name it. */
export interface SharedStateSettings {
  /** Whether other instances see it. */
  readonly isShared: boolean;
  readonly create: (clock: Clock) => SharedState;
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
  return { ok: true, value: { isShared: chosen.isShared ?? true, create: state.value } };
}
