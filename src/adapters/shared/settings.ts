import * as z from "zod/mini";
import type { Principal } from "../../domain/principal.ts";
import type { SignUpResult } from "../../domain/user.ts";
import type {
  CaptchaVerifier,
  Clock,
  CompromisedPasswords,
  EventHistory,
  EventSink,
  IdentityProvider,
  KeySet,
  KeySetCache,
  Outbox,
  OutboxMessage,
  RateLimiter,
  ReadinessCheck,
  RevocationList,
  SharedWork,
  TokenVerifier,
  Tracer,
  UpstreamObserver,
  UpstreamState,
} from "../../ports/index.ts";
import type { PasskeyVerifier } from "./passkey-verifier.ts";
import type { TokenCacheCounts } from "./token-cache-counts.ts";

/** The environment as the entries hand it over: variables by name, or bindings on Workers. */
export type Environment = Readonly<Record<string, unknown>>;

/** The parts of the service that a provider brings with it. */
export interface ProviderParts {
  readonly identity: IdentityProvider;
  readonly tokens: TokenVerifier;
  readonly keys: KeySet;
  /** The issuer of the tokens: their `iss`, or a function that finds it out. */
  readonly issuer: string | (() => Promise<string>);
  /** Only from a provider that sends nothing in earnest. */
  readonly outbox?: Outbox;
  /** Keeps security events and lists them, where it has a place for them. */
  readonly events?: EventSink & EventHistory;
  /** A notice that whoever starts the service must not overlook. */
  readonly notice?: string;
  /** The status that sign-ups end with, as far as the settings tell. */
  readonly signUpStatus?: SignUpResult["status"];
  /** Ends when the work is done that no answer waited for. */
  readonly settled?: () => Promise<void>;
  /** Parts of it that are in this process, and without which nobody can be answered. */
  readonly readiness?: readonly ReadinessCheck[];
  /**
   * Looks at how the back end is set up, and tells what does not fit the service or its users' safety. Never rejects, changes
   * nothing, and asks nobody before it is called.
   */
  readonly checkSetUp?: () => Promise<readonly SetUpFinding[]>;
  /** Tells how the calls to the back end stand, by category, of those that were ever made. */
  readonly upstream?: () => readonly UpstreamState[];
}

/** Something that is wrong with how a back end is set up, or that could not be looked at. */
export interface SetUpFinding {
  /** The setting that it is about: a lower snake_case word. */
  readonly subject: string;
  readonly outcome: "wrong" | "not_checked";
  /** A sentence on what is wrong, and one on how to mend it. Nothing secret. */
  readonly message: string;
}

/** The way out for mails, where the service has one. */
export interface MailPost {
  /** @throws {IdentityError} `delivery_failed` — it was not taken */
  readonly deliver: (message: OutboxMessage) => Promise<void>;
  /** Sends after the answer, and never throws. */
  readonly post: (message: OutboxMessage) => void;
}

/** A message that could not be sent. */
export interface DeliveryFailure {
  /** The user whose account it is about. */
  readonly subject: string;
  readonly purpose: OutboxMessage["purpose"];
  /** The error that was thrown: for the log, as anything may be in it. */
  readonly cause: unknown;
}

/** The parts that a provider is given besides its own settings. */
export interface SharedParts {
  /** Hears of messages that a provider could not send after its answer. */
  readonly onDeliveryFailure?: (failure: DeliveryFailure) => void;
  readonly clock: Clock;
  /** Sends the mails of a provider that sends its messages by itself. */
  readonly mail?: MailPost | undefined;
  /** The time that security events are kept by a provider that can, in days; 0 keeps none. */
  readonly eventRetentionDays?: number;
  /** Records where the time of calls to the back end goes, and tells that which trace they are of. */
  readonly tracer?: Tracer;
  /** Hears how many events were lost on the way there. */
  readonly onLostEvents?: (count: number) => void;
  /** Tells which access tokens are to be refused before their time. */
  readonly isRevoked: (principal: Principal) => boolean | Promise<boolean>;
  /** Tells whoever verifies tokens that some are to be refused before their time. Where it is absent, nobody is told. */
  readonly revoke?: RevocationList["add"];
  /** Prints a line for whoever watches the service run. */
  readonly print: (line: string) => void;
  /** The cache in which instances of the service share the key sets that they fetched. */
  readonly keySetCache?: KeySetCache;
  /** Keeps a request's end from ending the work it started. */
  readonly waitUntil?: (work: Promise<unknown>) => void;
  /** Makes the verifier of passkeys of a site, where the runtime can have one. */
  readonly passkeys?: (site: {
    readonly rpId: string;
    readonly origins: readonly string[];
  }) => PasskeyVerifier;
  /**
   * Whether the service limits guesses at passwords by itself. A provider of ours locks no account then, as it cannot
   * tell the owner from whoever guesses. @default false
   */
  readonly limitsGuesses?: boolean;
  /** Hears of the calls to the back end, from a provider that guards them. */
  readonly upstream?: UpstreamObserver;
  /** The counter that the instances of the service share, for what a provider counts in the process. @default none is shared */
  readonly counter?: RateLimiter;
  /** The tolerance for the clock of whoever issues the tokens, in seconds. @default 5 */
  readonly clockToleranceSeconds?: number;
  /** Told how the cache of verified tokens does. */
  readonly tokenCache?: TokenCacheCounts;
}

/** Gives the terms on which a provider's access tokens are verified. */
export function verifierTerms(
  shared: Pick<SharedParts, "clock" | "isRevoked" | "clockToleranceSeconds" | "tokenCache">,
) {
  const { clock, isRevoked, clockToleranceSeconds = 5, tokenCache: counts } = shared;
  return { clock, isRevoked, clockToleranceSeconds, ...(counts && { cache: { counts } }) };
}

/** Settings that were read: either all is well, or each fault names its variable and never its value. */
export type ReadSettings<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly string[] };

/** One provider of the registry. */
export interface ProviderModule {
  /** Every variable that {@link ProviderModule.read} looks at: a runtime with permissions grants these and no more. */
  readonly settingNames: readonly string[];
  /**
   * Reads the provider's settings, and gives what makes the provider of them.
   *
   * @param isExposed - whether others than this machine can reach the service. @default false
   */
  read(
    environment: Environment,
    isExposed?: boolean,
  ): ReadSettings<(shared: SharedParts) => ProviderParts>;
}

/** One kind of revocation list. */
export interface RevocationListModule {
  /** Every variable that {@link RevocationListModule.read} looks at. Bindings of Workers are none. */
  readonly settingNames: readonly string[];
  /** The binding of Workers that it looks at. */
  readonly bindingName?: string;
  /** The age that a copy of the list may reach, in milliseconds. @default 2000 */
  readonly maxAgeMs?: number;
  /** Reads the settings, and gives what makes the list of them. */
  read(environment: Environment): ReadSettings<(clock: Clock) => RevocationList>;
  /** Looks at whether what the settings name can be used, where that can be told before it is. Never rejects. */
  checkSetUp?(environment: Environment): Promise<readonly SetUpFinding[]>;
}

/** One kind of captcha. */
export interface CaptchaModule extends Pick<RevocationListModule, "settingNames"> {
  /** Reads the settings, and gives what makes the check of them, and whose captcha it is, as far as they tell. */
  read(environment: Environment): ReadSettings<
    () => {
      readonly verifier: CaptchaVerifier;
      readonly provider?: string | undefined;
    }
  >;
}

/** One kind of list of passwords that nobody is to have. */
export interface PasswordListModule extends Pick<RevocationListModule, "settingNames"> {
  /** Reads the settings, and gives what makes the list of them, which tells of questions that had no answer. */
  read(
    environment: Environment,
  ): ReadSettings<(onFailure: (failure: unknown) => void) => CompromisedPasswords>;
}

/** The state that the instances of a service share. */
export interface SharedState {
  readonly limiter: RateLimiter;
  readonly revocations: RevocationList;
  /** Where work is done once for all of them; not there where nobody else sees it. */
  readonly work?: SharedWork;
}

/** One kind of shared state. */
export interface SharedStateModule
  extends Pick<RevocationListModule, "settingNames" | "bindingName" | "checkSetUp"> {
  /** Whether other instances see it. @default true */
  readonly isShared?: boolean;
  /** Reads the settings, and gives what makes the state of them. */
  read(environment: Environment): ReadSettings<(clock: Clock) => SharedState>;
}

/** Makes the module of a shared state that is found by settings. */
export function defineSharedState<Schema extends z.ZodMiniObject>(
  schema: () => Schema,
  create: (settings: z.output<Schema>, clock: Clock) => SharedState,
  checkSetUp?: CheckSettings<Schema>,
): SharedStateModule {
  return { ...defineModule(schema, create), ...checkedBy(schema, checkSetUp) };
}

/** Makes the module of a list that is found by settings. */
export function defineRevocationList<Schema extends z.ZodMiniObject>(
  schema: () => Schema,
  create: (settings: z.output<Schema>, clock: Clock) => RevocationList,
  checkSetUp?: CheckSettings<Schema>,
): RevocationListModule {
  return { ...defineModule(schema, create), ...checkedBy(schema, checkSetUp) };
}

/**
 * Makes a provider module of a settings schema and a function from settings to provider, so that nothing outside the
 * provider's folder meets its settings.
 *
 * @param schema - makes the schema, which no start needs but that of a service with this provider. It is told whether
 *   others than this machine can reach the service
 */
export function defineProvider<Schema extends z.ZodMiniObject>(
  schema: (isExposed: boolean) => Schema,
  create: (settings: z.output<Schema>, shared: SharedParts) => ProviderParts,
): ProviderModule {
  return defineModule(schema, create);
}

/** Looks at whether what settings name can be used. */
type CheckSettings<Schema extends z.ZodMiniObject> = (
  settings: z.output<Schema>,
) => Promise<readonly SetUpFinding[]>;

function checkedBy<Schema extends z.ZodMiniObject>(
  schema: () => Schema,
  check: CheckSettings<Schema> | undefined,
): Pick<RevocationListModule, "checkSetUp"> {
  if (!check) return {};
  return {
    async checkSetUp(environment) {
      const settings = readSettings(schema(), environment);
      return settings.ok ? check(settings.value) : [];
    },
  };
}

/** The settings are read when the service is put together, and what they are of is made with what it has by then. */
function defineModule<Schema extends z.ZodMiniObject, Given, Made>(
  schema: (isExposed: boolean) => Schema,
  create: (settings: z.output<Schema>, given: Given) => Made,
) {
  return {
    get settingNames() {
      return Object.keys(schema(false).shape);
    },
    read(environment: Environment, isExposed = false): ReadSettings<(given: Given) => Made> {
      const settings = readSettings(schema(isExposed), environment);
      if (!settings.ok) return settings;
      return { ok: true, value: (given) => create(settings.value, given) };
    },
  };
}

/**
 * Makes the schema of a variable whose text is read into something else, and refused with a message where that is not
 * well. One step for all of it, as each object of zod's lengthens the start.
 */
export function readAs<T>(
  read: (text: string) => T,
  isWell: (value: T) => boolean,
  message: string,
) {
  return z.transform((text, context) => {
    if (typeof text === "string") {
      const value = read(text);
      if (isWell(value)) return value;
    }
    context.issues.push({ code: "custom", message, input: text });
    // As it is, for what holds it against other variables. The settings as a whole are refused.
    return text as never;
  });
}

/** Makes the schema of a choice, which names what there is to choose where it is none of it. */
export function oneOf<const Choices extends readonly string[]>(choices: Choices) {
  return z.enum(choices, `must be one of ${choices.join(", ")}`);
}

/** Makes the schema of a text that is taken as it is, or refused with a message. */
export function textThat(isWell: (text: string) => boolean, message: string) {
  return readAs((text) => text, isWell, message);
}

/** Makes the schema of a text of some form, which is taken as it is. */
export function textLike(form: RegExp, message: string) {
  return textThat((text) => form.test(text), message);
}

/** Makes the schema of a whole number, which is written in digits and nothing else. */
export function wholeNumber(least: number, most: number, message: string) {
  const read = (text: string) => (/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN);
  return readAs(read, (value) => value >= least && value <= most, message);
}

/** Makes the schema of a list with commas between. */
export function listOf<Item extends string = string>(
  isItem: (item: string) => item is Item,
  message: string,
): z.ZodMiniType<readonly Item[]>;
export function listOf(
  isItem: (item: string) => boolean,
  message: string,
): z.ZodMiniType<readonly string[]>;
export function listOf(isItem: (item: string) => boolean, message: string) {
  const read = (text: string) => text.split(",").map((item) => item.trim());
  return readAs(read, (items) => items.every(isItem), message);
}

/**
 * Makes the schema of a secret, or of several with commas between, the newest first. Where a secret may have commas in it,
 * it may be from before there were lists: the whole text is then the oldest of them, and the only one where no part is a
 * secret. A text of which only some parts are is refused, as it is rather a list with a slip of the pen; one that is a
 * single secret is put into double quotes.
 */
export function secretList(form: RegExp, message: string) {
  const isSecret = (text: string) => form.test(text);
  const read = (text: string): readonly string[] => {
    const parts = partsOf(text);
    if (!text.includes(",") || !parts.some(isSecret)) return [text];
    return isSecret(text) ? [...parts, text] : parts;
  };
  const wellFormed = (secrets: readonly string[]) => secrets.every(isSecret);
  const how = `${message}; several with commas between, the newest first`;
  const takesCommas = isSecret(",".repeat(64));
  const quotes = takesCommas ? ", and one with commas of its own in double quotes" : "";
  return readAs(read, wellFormed, how + quotes);
}

/** Splits a list at its commas, but for those of a part that is in quotes because of them. */
function partsOf(text: string): readonly string[] {
  const parts = text.matchAll(/(?<=^|,) *(?:"([^",]*,[^"]*)" *(?=,|$)|([^,]*))/gs);
  return [...parts].map(([, quoted, plain = ""]) => quoted ?? plain.replace(/ +$/, ""));
}

/** Makes the schema of a switch that is off unless it is `true`. */
export function onOrOff() {
  return z.pipe(
    z._default(oneOf(["true", "false"]), "false"),
    z.transform((value) => value === "true"),
  );
}

/**
 * Reads the variables that a schema names. An empty variable counts as absent, as `.env` files and compose files
 * cannot leave one out.
 */
export function readSettings<Schema extends z.ZodMiniObject>(
  schema: Schema,
  environment: Environment,
): ReadSettings<z.output<Schema>> {
  const names = Object.keys(schema.shape).filter((name) => environment[name] !== "");
  const result = schema.safeParse(
    Object.fromEntries(names.map((name) => [name, environment[name]])),
  );
  if (result.success) return { ok: true, value: result.data };
  const faults = result.error.issues.map((issue) => {
    const name = issue.path.join(".");
    const isAbsent = environment[name] === undefined || environment[name] === "";
    // A check of several variables says when one of them is required: that is kept, and a rule of form is not.
    const saysWhen = issue.message.startsWith("is required");
    return `${name}: ${isAbsent && !saysWhen ? "is required" : issue.message}`;
  });
  return { ok: false, faults };
}
