import * as z from "zod/mini";
import { providers } from "../adapters/index.ts";
import {
  type Environment,
  listOf,
  oneOf,
  onOrOff,
  type ProviderModule,
  type ProviderParts,
  type ReadSettings,
  readSettings,
  type SharedParts,
  textLike,
  textThat,
  wholeNumber,
} from "../adapters/shared/settings.ts";
import { logLevels } from "../adapters/system/json-lines.ts";
import {
  type BrowserSessionSettings,
  browserSessionSettingNames,
  readBrowserSessionSettings,
} from "./browser-sessions.ts";
import { isExposed, type Place } from "./exposure.ts";
import { type GuardSettings, guardSettingNames, readGuardSettings } from "./guards.ts";
import { type CreateMail, mailSettingNames, readMailSettings } from "./mail.ts";
import { type PageSettings, pageSettingNames, readPageSettings } from "./pages.ts";
import {
  type RateLimitSettings,
  rateLimitSettingNames,
  readRateLimitSettings,
} from "./rate-limits.ts";
import {
  type RevocationParts,
  readRevocationSettings,
  revocationBindingNames,
  revocationSettingNames,
  type ServiceRevocations,
} from "./revocations.ts";
import { isOwnAddress, isPageOrigin, isScope, isTotpIssuer, ownSecrets } from "./setting-forms.ts";
import {
  readSharedStateSettings,
  type SharedStateSettings,
  sharedStateBindingNames,
  sharedStateSettingNames,
} from "./shared-state.ts";
import {
  readTelemetrySettings,
  type TelemetrySettings,
  telemetrySettingNames,
} from "./telemetry/telemetry-settings.ts";
import { findUnknownSettings } from "./unknown-settings.ts";

const providerNames = Object.keys(providers) as (keyof typeof providers)[];

const serviceFields = z.object({
  IDENTITY_PROVIDER: z._default(oneOf(providerNames), "memory"),
  HOST: z._default(z.string(), "127.0.0.1"),
  PORT: z._default(wholeNumber(0, 65_535, "must be a port number"), 8080),
  MAX_CONNECTIONS: z._default(wholeNumber(1, 1_000_000, "must be 1 to 1000000 connections"), 1_000),
  MAX_CONNECTIONS_PER_PEER: z.optional(
    wholeNumber(1, 1_000_000, "must be 1 to 1000000 connections"),
  ),
  CORS_ORIGINS: z._default(
    listOf(
      isPageOrigin,
      "must be https origins such as https://app.example.com, or http on this machine, with commas between",
    ),
    [],
  ),
  SIGN_UP_TAKEN_USERNAME: z._default(oneOf(["hidden", "shown"]), "hidden"),
  SIGN_UP_STATUS: z.optional(oneOf(["confirmation_required", "approval_required", "confirmed"])),
  ADMIN_GROUPS: z._default(listOf(Boolean, "must be names of groups, with commas between"), []),
  ADMIN_SCOPES: z._default(listOf(isScope, "must be scopes, with commas between"), []),
  TOTP_ISSUER: z._default(
    textThat(isTotpIssuer, "must be 1 to 64 characters, and no colon"),
    "Portico",
  ),
  REAUTHENTICATE_AFTER_SECONDS: z._default(
    wholeNumber(0, 31_536_000, "must be 0 (off) to 31536000 seconds"),
    3600,
  ),
  RESOURCE_URL: z.optional(
    textThat(isOwnAddress, "must be an https address without a path, or http on this machine"),
  ),
  INTROSPECTION_CLIENT_ID: z.optional(
    textLike(/^[\w.-]{1,128}$/, "must be 1 to 128 letters, digits, - . _"),
  ),
  INTROSPECTION_CLIENT_SECRET: z.optional(ownSecrets()),
  CLIENT_METADATA: z._default(listOf(Boolean, "must be names, with commas between"), []),
  CLOCK_TOLERANCE_SECONDS: z._default(wholeNumber(0, 60, "must be 0 to 60 seconds"), 5),
  DEV_OUTBOX: onOrOff(),
  DOCS: z._default(oneOf(["on", "off"]), "on"),
  LOG_LEVEL: z._default(oneOf(logLevels), "info"),
});

/** Faults between fields are told together with those of single fields, so that one start shows them all. */
const serviceSchema = serviceFields.check(z.superRefine(checkTogether, { when: () => true }));

/** All that the environment says, read and validated. */
export interface ServiceSettings {
  readonly service: z.output<typeof serviceSchema>;
  /** Makes the chosen provider of its own settings. */
  readonly provider: (shared: SharedParts) => ProviderParts;
  /** Makes the chosen list of revocations. */
  readonly revocations: (parts: RevocationParts) => ServiceRevocations;
  /** Makes the state that instances share. */
  readonly sharedState: SharedStateSettings["create"];
  readonly rateLimits: RateLimitSettings;
  readonly guards: GuardSettings;
  readonly telemetry: TelemetrySettings;
  readonly browserSessions: BrowserSessionSettings;
  readonly pages: PageSettings;
  /** Makes the mailer, where a way out is set. */
  readonly mail: CreateMail;
  /** A notice about the environment that whoever starts the service must not overlook. */
  readonly notice?: string;
}

/** The settings are at fault: the message names each variable and what is wrong with it, never a value. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  /** One for each thing that is wrong, which begins with the variable. */
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The settings are at fault:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
    this.faults = faults;
  }
}

/** Every variable that {@link readEnvironment} can look at, whichever provider is chosen. */
export function settingNames(): readonly string[] {
  const names = [
    ...Object.keys(serviceSchema.shape),
    ...revocationSettingNames(),
    ...sharedStateSettingNames(),
    ...rateLimitSettingNames(),
    ...guardSettingNames(),
    ...telemetrySettingNames(),
    ...browserSessionSettingNames(),
    ...pageSettingNames(),
    ...mailSettingNames(),
    ...Object.values(providers).flatMap((provider) => provider.settingNames),
  ];
  return [...new Set(names)];
}

/**
 * Reads the settings from environment variables, or from bindings on Workers.
 *
 * @throws {SettingsError} with all faults at once, the provider's included, and names that are a setting's but for a
 *   typing error
 */
export function readEnvironment(environment: Environment, place: Place = {}): ServiceSettings {
  const exposed = isExposed(environment, place);
  const service = readSettings(serviceSchema, environment);
  const provider = chosenProvider(environment)?.read(environment, exposed);
  const revocations = readRevocationSettings(environment);
  const sharedState = readSharedStateSettings(environment);
  const isShared = sharedState.ok && sharedState.value.isShared;
  const rateLimits = readRateLimitSettings(environment, isShared);
  const telemetry = readTelemetrySettings(environment, exposed, place);
  const isInMemory = service.ok && service.value.IDENTITY_PROVIDER === "memory";
  const browserSessions = readBrowserSessionSettings(environment, isInMemory && !exposed);
  const pages = readPageSettings(environment, isInMemory && !exposed);
  const guards = readGuardSettings(environment, place);
  const mail = readMailSettings(environment, place);
  const bindings = [...revocationBindingNames(), ...sharedStateBindingNames()];
  const known = [...settingNames(), ...bindings];
  const unknown = findUnknownSettings(namesIn(environment), known);
  const faults = [
    ...(exposed && !environment.IDENTITY_PROVIDER ? [unnamedProvider] : []),
    ...faultsOf(
      service,
      provider,
      revocations,
      sharedState,
      rateLimits,
      telemetry,
      browserSessions,
      pages,
      guards,
      mail,
    ),
    ...unknown.faults,
  ];
  if (faults.length > 0 || !service.ok || !provider?.ok || !revocations.ok) {
    throw new SettingsError(faults);
  }
  if (!sharedState.ok || !rateLimits.ok || !telemetry.ok || !browserSessions.ok) {
    throw new SettingsError(faults);
  }
  if (!guards.ok || !pages.ok || !mail.ok) throw new SettingsError(faults);
  const notice = [unknown.notice, telemetry.value.notice]
    .filter((one) => one !== undefined)
    .join("\n");
  return {
    service: service.value,
    provider: provider.value,
    revocations: revocations.value,
    sharedState: sharedState.value.create,
    rateLimits: rateLimits.value,
    browserSessions: browserSessions.value,
    pages: pages.value,
    guards: guards.value,
    mail: mail.value,
    telemetry: telemetry.value,
    ...(notice !== "" && { notice }),
  };
}

/** Gives the faults of all that was read, each once: two may go by one variable. */
function faultsOf(...all: readonly (ReadSettings<unknown> | undefined)[]): readonly string[] {
  return [...new Set(all.flatMap((read) => (read && !read.ok ? read.faults : [])))];
}

/** Where names have no case, as on Windows, a setting is read however it is written. */
function namesIn(environment: Environment): readonly string[] {
  return Object.keys(environment).filter((name) => {
    const inCapitals = name.toUpperCase();
    return name === inCapitals || environment[inCapitals] === undefined;
  });
}

const unnamedProvider = `IDENTITY_PROVIDER: is required off loopback and on Workers, and must be one of ${providerNames.join(", ")}`;

/** The provider that is asked for, or none where the name is not known: that is a fault of its own. */
function chosenProvider(environment: Environment): ProviderModule | undefined {
  const chosen = serviceSchema.shape.IDENTITY_PROVIDER.safeParse(
    environment.IDENTITY_PROVIDER || undefined,
  );
  return chosen.success ? providers[chosen.data] : undefined;
}

/** Runs whether or not each field is well by itself, so any of them may be missing. */
function checkTogether(
  read: Partial<z.output<typeof serviceFields>>,
  context: z.core.$RefinementCtx,
) {
  const pair = ["INTROSPECTION_CLIENT_ID", "INTROSPECTION_CLIENT_SECRET"] as const;
  if (pair.every((name) => read[name] === undefined)) return;
  for (const name of pair.filter((name) => read[name] === undefined)) {
    context.addIssue({ code: "custom", path: [name], message: "is required" });
  }
}
