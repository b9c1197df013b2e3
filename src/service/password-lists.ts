import * as z from "zod/mini";
import { passwordLists } from "../adapters/password-lists.ts";
import {
  type Environment,
  type PasswordListModule,
  type ReadSettings,
  readAs,
  readSettings,
} from "../adapters/shared/settings.ts";
import type { Log } from "../adapters/system/json-lines.ts";
import type { CompromisedPasswords } from "../ports/index.ts";
import type { Place } from "./exposure.ts";
import { reasonOf } from "./revocations.ts";

type ListName = keyof typeof passwordLists;

const modules: Readonly<Record<ListName, PasswordListModule>> = passwordLists;
const listNames = Object.keys(passwordLists) as ListName[];

const schema = z.object({
  COMPROMISED_PASSWORDS: z.optional(
    readAs(
      readNames,
      (names): names is readonly ListName[] => names !== undefined,
      `must be off, or one or more of ${listNames.join(", ")}, with commas between`,
    ),
  ),
});

/** Makes the lists that the settings name, as one. */
export type CreatePasswordLists = (log: Log) => CompromisedPasswords | undefined;

/** Every variable that {@link readPasswordListSettings} can look at. */
export function passwordListSettingNames(): readonly string[] {
  const names = Object.values(modules).flatMap(({ settingNames }) => settingNames);
  return [...Object.keys(schema.shape), ...names];
}

/**
 * Reads which passwords nobody is to have. A Worker has a list where it is named, as the common passwords take a fifth of
 * its room.
 */
export function readPasswordListSettings(
  environment: Environment,
  { isHosted = false }: Place,
): ReadSettings<CreatePasswordLists> {
  const read = readSettings(schema, environment);
  if (!read.ok) return read;
  const named = read.value.COMPROMISED_PASSWORDS ?? (isHosted ? [] : (["common"] as const));
  const lists = named.map((name) => modules[name].read(environment));
  const faults = lists.flatMap((list) => (list.ok ? [] : list.faults));
  if (faults.length > 0) return { ok: false, faults };
  const makers = lists.flatMap((list) => (list.ok ? [list.value] : []));
  return {
    ok: true,
    value(log) {
      if (makers.length === 0) return undefined;
      const event = "compromised_passwords";
      const report = (failure: unknown) =>
        log("warn", { event, outcome: "failure", reason: reasonOf(failure) });
      return anyOf(makers.map((make) => make(report)));
    },
  };
}

/** Asks one list after the other, so that no question leaves the process that it can answer by itself. */
function anyOf(lists: readonly CompromisedPasswords[]): CompromisedPasswords {
  return {
    async has(password) {
      for (const list of lists) if (await list.has(password)) return true;
      return false;
    },
  };
}

/** Gives the names in the order of the registry. */
function readNames(text: string): readonly ListName[] | undefined {
  if (text === "off") return [];
  const named = text.split(",").map((name) => name.trim());
  const known = listNames.filter((name) => named.includes(name));
  return named.every((name) => listNames.some((one) => one === name)) ? known : undefined;
}
