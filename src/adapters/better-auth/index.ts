import * as z from "zod/mini";
import { isDotSegment } from "../../domain/credentials.ts";
import type { OutboxMessage } from "../../ports/index.ts";
import { createJwtVerifier } from "../jwt/index.ts";
import { createHashQueue, hashesAtOnce } from "../shared/password-hashing.ts";
import {
  defineProvider,
  listOf,
  onOrOff,
  type ProviderModule,
  type SharedParts,
  secretList,
  textLike,
  textThat,
  verifierTerms,
} from "../shared/settings.ts";
import { databaseUrlPattern } from "./database/database.ts";
import { createBetterAuthIdentityProvider } from "./identity-provider.ts";
import { postTo } from "./messages/message-hook.ts";

export { createHashQueue } from "../shared/password-hashing.ts";
export type { WorkQueue } from "../shared/work-queue.ts";
export {
  type BetterAuthIdentityProvider,
  createBetterAuthIdentityProvider,
} from "./identity-provider.ts";
export type {
  BetterAuthIdentityProviderOptions,
  PasswordHashing,
  TokenLifetimes,
} from "./options.ts";

const address = () =>
  textThat(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    "must be an address",
  );

const fields = () =>
  z.object({
    /** The address of the database that accounts are kept in. */
    DATABASE_URL: textLike(
      databaseUrlPattern,
      "must be file: and a path, or postgres://user:password@host/name",
    ),
    /** The secret that its keys, second factors and refresh tokens are protected with. */
    BETTER_AUTH_SECRET: secretList(
      /^.{32,}$/s,
      "must be at least 32 characters, such as `openssl rand -hex 32` gives",
    ),
    /** The `iss` of its tokens: the service's own address. */
    BETTER_AUTH_ISSUER: z.optional(address()),
    BETTER_AUTH_CLIENT_ID: z.optional(z.string()),
    /** The groups that users can be put into. */
    BETTER_AUTH_GROUPS: z.optional(
      listOf((name) => name !== "" && !isDotSegment(name), "must be names with commas between"),
    ),
    /** Whether a sign-up waits for an administrator in place of a code. */
    BETTER_AUTH_SIGN_UP_APPROVAL: onOrOff(),
    /** The address that messages are posted to as JSON, for something there to send them. */
    BETTER_AUTH_MESSAGE_URL: z.optional(address()),
    /** Sent along as a bearer token. */
    BETTER_AUTH_MESSAGE_TOKEN: z.optional(z.string()),
    /** The service's own ways to send mails. */
    MAIL_SMTP_URL: z.optional(z.string()),
    MAIL_POST_URL: z.optional(z.string()),
    /** Whether codes may be printed in place of a way to send them, though others than this machine get to the service. */
    BETTER_AUTH_PRINT_CODES: onOrOff(),
    /** The number of passwords that are hashed at once. */
    PASSWORD_HASHES_AT_ONCE: z.optional(hashesAtOnce()),
  });

/**
 * The settings and their check: off loopback, codes in the output of a service that forgot how to send them are a door
 * for whoever reads it.
 */
const schema = (isExposed: boolean) =>
  fields().check(
    z.superRefine(
      ({ BETTER_AUTH_PRINT_CODES: prints, ...ways }, context) => {
        const hasWay = [ways.BETTER_AUTH_MESSAGE_URL, ways.MAIL_SMTP_URL, ways.MAIL_POST_URL].some(
          (way) => way !== undefined,
        );
        if (!isExposed || hasWay || prints) return;
        context.addIssue({ code: "custom", path: ["BETTER_AUTH_MESSAGE_URL"], message });
      },
      { when: () => true },
    ),
  );

const message =
  "is required off loopback, unless MAIL_SMTP_URL or MAIL_POST_URL is set, or BETTER_AUTH_PRINT_CODES=true";

const notice = [
  "WARNING: neither MAIL_SMTP_URL, MAIL_POST_URL nor BETTER_AUTH_MESSAGE_URL is set, so no message is sent: every code is printed here instead.",
  "  Whoever reads this output can take over any account. For development only.",
].join("\n");

/** The provider of the service that keeps its users in a SQL database. */
export const betterAuthFromEnv: ProviderModule = defineProvider(schema, (settings, shared) => {
  const url = settings.BETTER_AUTH_MESSAGE_URL;
  const { clock, onDeliveryFailure, waitUntil, limitsGuesses = false } = shared;
  const { eventRetentionDays, onLostEvents } = shared;
  const { identity, keys, issuer, clientId, events, checkDatabase, settled } =
    createBetterAuthIdentityProvider({
      databaseUrl: settings.DATABASE_URL,
      secret: settings.BETTER_AUTH_SECRET,
      sendMessage: wayOut(shared, url && postTo(url, settings.BETTER_AUTH_MESSAGE_TOKEN)),
      ...(settings.BETTER_AUTH_ISSUER !== undefined && { issuer: settings.BETTER_AUTH_ISSUER }),
      ...(settings.BETTER_AUTH_CLIENT_ID !== undefined && {
        clientId: settings.BETTER_AUTH_CLIENT_ID,
      }),
      ...(settings.BETTER_AUTH_GROUPS && { groups: settings.BETTER_AUTH_GROUPS }),
      signUpApproval: settings.BETTER_AUTH_SIGN_UP_APPROVAL,
      passwordLockout: !limitsGuesses,
      hashQueue: createHashQueue(settings.PASSWORD_HASHES_AT_ONCE),
      clock,
      ...(onDeliveryFailure && { onDeliveryFailure }),
      ...(waitUntil && { waitUntil }),
      ...(eventRetentionDays !== undefined && { eventRetentionDays }),
      ...(onLostEvents && { onLostEvents }),
    });
  const tokens = createJwtVerifier({
    issuer,
    clientIds: [clientId],
    keys,
    ...verifierTerms(shared),
  });
  return {
    identity,
    tokens,
    keys,
    issuer,
    readiness: [{ name: "database", check: checkDatabase }],
    settled,
    ...(events && { events }),
    ...(url === undefined && !shared.mail && { notice }),
    ...(settings.BETTER_AUTH_SIGN_UP_APPROVAL && { signUpStatus: "approval_required" as const }),
  };
});

/** Mails go by the service's own way, where it has one, and all else to the hook. */
function wayOut(shared: SharedParts, hook: SendMessage | "" | undefined): SendMessage {
  const { mail } = shared;
  if (!mail) return hook || printTo(shared);
  return (message) => (message.medium !== "email" && hook ? hook(message) : mail.deliver(message));
}

type SendMessage = (message: OutboxMessage) => void | Promise<void>;

function printTo({ print }: SharedParts): (message: OutboxMessage) => void {
  return ({ medium, destination, purpose, code }) =>
    print(`✉ ${medium} to ${destination}: ${purpose.replaceAll("_", " ")}: ${code}`);
}
