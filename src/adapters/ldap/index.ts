import * as z from "zod/mini";
import { createJwtVerifier } from "../jwt/index.ts";
import { notSupported } from "../shared/not-supported.ts";
import { isLoopback } from "../shared/secure-url.ts";
import {
  defineProvider,
  listOf,
  oneOf,
  onOrOff,
  type ProviderModule,
  secretList,
  textThat,
  verifierTerms,
  wholeNumber,
} from "../shared/settings.ts";
import { derivedAlgorithm } from "../shared/tokens/derived-keys.ts";
import { comparedNames } from "./filters.ts";
import { createLdapIdentityProvider } from "./identity-provider.ts";
import { attributesOfKinds, type DirectorySettings, kinds, nestedGroups } from "./settings.ts";

export type { LdapIdentityProviderOptions } from "./engine.ts";
export { createLdapIdentityProvider, type LdapIdentityProvider } from "./identity-provider.ts";
export type { DirectorySettings } from "./settings.ts";

const isAddress = (text: string) =>
  /^ldaps?:\/\/[^/?#@\s]+$/.test(text) && URL.canParse(text) && new URL(text).hostname !== "";

/** A filter of parentheses that close, which names the user where it compares. */
const isUserFilter = (text: string) => isFilter(text) && comparedNames(text).length > 0;

function isFilter(text: string): boolean {
  let depth = 0;
  const ends = [...text].map((character) => {
    depth += Number(character === "(") - Number(character === ")");
    return depth;
  });
  // The first parenthesis closes at the end, and no sooner.
  return text.startsWith("(") && ends.indexOf(0) === ends.length - 1;
}

const attribute = () => textThat((text) => /^[a-z][\w-]*$/i.test(text), "must be an attribute");
const dn = () =>
  textThat((text) => /^[\w.-]+=/.test(text), "must be a DN, such as dc=example,dc=com");
const mapping = /^(?:(?:custom:)?[a-z_]+)=[a-z][\w-]*$/i;

const fields = () =>
  z.object({
    /** The address of the directory. */
    LDAP_URL: textThat(isAddress, "must be ldaps://host or ldap://host, with a port or without"),
    LDAP_START_TLS: onOrOff(),
    /** The certificates to trust, as PEM. */
    LDAP_CA: z.optional(
      textThat(
        (text) => text.includes("-----BEGIN CERTIFICATE-----"),
        "must be certificates as PEM",
      ),
    ),
    /** The entry that searches are made as. */
    LDAP_BIND_DN: textThat(Boolean, "is required"),
    LDAP_BIND_PASSWORD: textThat(Boolean, "is required"),
    LDAP_BASE_DN: dn(),
    LDAP_KIND: z._default(oneOf(["ldap", "active-directory"]), "ldap"),
    LDAP_USER_FILTER: z.optional(
      textThat(isUserFilter, "must be a filter in parentheses with {username} in it"),
    ),
    LDAP_USERNAME_ATTRIBUTE: z.optional(attribute()),
    LDAP_ID_ATTRIBUTE: z.optional(attribute()),
    LDAP_ATTRIBUTES: z.optional(
      listOf((item) => mapping.test(item), "must be email=mail and the like, with commas between"),
    ),
    LDAP_EMAIL_VERIFIED: onOrOff(),
    LDAP_GROUP_BASE_DN: z.optional(dn()),
    LDAP_GROUP_FILTER: z.optional(textThat(isFilter, "must be a filter in parentheses")),
    LDAP_GROUP_ATTRIBUTE: z._default(attribute(), "cn"),
    LDAP_NESTED_GROUPS: onOrOff(),
    LDAP_PASSWORD_CHANGE: onOrOff(),
    /** The secrets that keys and refresh tokens hang on. */
    LDAP_SECRET: secretList(
      /^.{32,}$/s,
      "must be at least 32 characters, such as `openssl rand -hex 32` gives",
    ),
    LDAP_ISSUER: z._default(
      textThat((text) => URL.canParse(text), "must be an address"),
      "https://ldap.portico.invalid",
    ),
    LDAP_CLIENT_ID: z._default(textThat(Boolean, "is required"), "portico"),
    LDAP_ACCESS_TOKEN_SECONDS: z._default(
      wholeNumber(60, 86_400, "must be 60 to 86400 seconds"),
      3600,
    ),
    LDAP_SESSION_SECONDS: z._default(
      wholeNumber(300, 2_592_000, "must be 300 to 2592000 seconds"),
      43_200,
    ),
    LDAP_CONNECTIONS: z._default(wholeNumber(1, 1000, "must be 1 to 1000"), 20),
    LDAP_TIMEOUT_MS: z._default(wholeNumber(500, 30_000, "must be 500 to 30000"), 4000),
  });

type LdapVariables = z.output<ReturnType<typeof fields>>;

/** Faults that show in several settings. Each is told at the one to change. */
const schema = () =>
  fields().check(
    z.superRefine(
      (settings, context) => {
        for (const [name, message] of faultsOf(settings))
          context.addIssue({ code: "custom", path: [name], message });
      },
      { when: () => true },
    ),
  );

function faultsOf(settings: LdapVariables): readonly (readonly [keyof LdapVariables, string])[] {
  const { LDAP_URL: url, LDAP_START_TLS: startTls, LDAP_KIND: kind } = settings;
  if (!isAddress(url)) return [];
  const isPlain = url.startsWith("ldap:") && !startTls;
  const isAd = kind === "active-directory";
  const faults: readonly (readonly [keyof LdapVariables, string, boolean])[] = [
    [
      "LDAP_URL",
      "must be ldaps off this machine, or ldap with LDAP_START_TLS=true",
      isPlain && !isLoopback(new URL(url)),
    ],
    [
      "LDAP_START_TLS",
      "is for ldap, and ldaps has TLS",
      url.startsWith("ldaps:") && startTls === true,
    ],
    [
      "LDAP_PASSWORD_CHANGE",
      "takes TLS with Active Directory",
      settings.LDAP_PASSWORD_CHANGE && isAd && isPlain,
    ],
    ["LDAP_NESTED_GROUPS", "is for Active Directory", settings.LDAP_NESTED_GROUPS && !isAd],
  ];
  return faults.flatMap(([name, message, isWrong]) => (isWrong ? [[name, message] as const] : []));
}

function directoryOf(settings: LdapVariables): DirectorySettings {
  const kind = kinds[settings.LDAP_KIND];
  const way = settings.LDAP_KIND === "ldap" ? "modify" : settings.LDAP_KIND;
  const pairs = (settings.LDAP_ATTRIBUTES ?? attributesOfKinds).map((item) => item.split("="));
  return {
    url: settings.LDAP_URL,
    startTls: settings.LDAP_START_TLS,
    ca: settings.LDAP_CA?.replaceAll("\\n", "\n"),
    bindDn: settings.LDAP_BIND_DN,
    bindPassword: settings.LDAP_BIND_PASSWORD,
    baseDn: settings.LDAP_BASE_DN,
    userFilter: settings.LDAP_USER_FILTER ?? kind.userFilter,
    usernameAttribute: settings.LDAP_USERNAME_ATTRIBUTE ?? kind.usernameAttribute,
    idAttribute: settings.LDAP_ID_ATTRIBUTE ?? kind.idAttribute,
    attributes: Object.fromEntries(pairs),
    isEmailVerified: settings.LDAP_EMAIL_VERIFIED,
    groupBaseDn: settings.LDAP_GROUP_BASE_DN ?? settings.LDAP_BASE_DN,
    groupFilter:
      settings.LDAP_GROUP_FILTER ?? (settings.LDAP_NESTED_GROUPS ? nestedGroups : "(member={dn})"),
    groupAttribute: settings.LDAP_GROUP_ATTRIBUTE,
    passwordChange: settings.LDAP_PASSWORD_CHANGE ? way : "none",
    connections: settings.LDAP_CONNECTIONS,
    timeoutMs: settings.LDAP_TIMEOUT_MS,
  };
}

/** The provider of the service whose users are in a directory. */
export const ldapFromEnv: ProviderModule = defineProvider(schema, (settings, shared) => {
  const { LDAP_ISSUER: issuer, LDAP_CLIENT_ID: clientId } = settings;
  const { clock, isRevoked, revoke, limitsGuesses = false } = shared;
  const { identity, keys, check } = createLdapIdentityProvider({
    directory: directoryOf(settings),
    secrets: settings.LDAP_SECRET,
    issuer,
    clientId,
    accessSeconds: settings.LDAP_ACCESS_TOKEN_SECONDS,
    sessionSeconds: settings.LDAP_SESSION_SECONDS,
    passwordLockout: !limitsGuesses,
    clock,
    revocations: { add: revoke ?? notSupported, isRevoked },
  });
  const tokens = createJwtVerifier({
    ...{ issuer, clientIds: [clientId], keys, algorithms: [derivedAlgorithm] },
    ...verifierTerms(shared),
  });
  return { identity, tokens, keys, issuer, readiness: [{ name: "directory", check }] };
});
