import { createJwtVerifier, createRevocationCheck } from "../../src/adapters/jwt/index.ts";
import { createLdapIdentityProvider } from "../../src/adapters/ldap/identity-provider.ts";
import type { DirectorySettings } from "../../src/adapters/ldap/settings.ts";
import { createMemoryRevocationList } from "../../src/adapters/memory/index.ts";
import type { Clock } from "../../src/ports/index.ts";
import type { IdentityProviderHarness, NewUser } from "../../src/testing/index.ts";
import { adjustableClock } from "../adapters/memory/support.ts";
import { baseDn, groupsDn, reader, type Slapd, startSlapd, usersDn } from "../support/slapd.ts";
import { newEmailUser } from "./new-email-user.ts";
import { keysToPublish } from "./published-keys.ts";

export const secrets = ["a secret of thirty-two characters, or more"];
export const verifierTermsOf = {
  issuer: "https://directory.example",
  clientIds: ["portico"],
  algorithms: ["EdDSA"],
};

/** The capabilities that it declares, and the controls that no harness of it has. */
export const ldapLimits = {
  capabilities: ["sign_out", "sign_out_everywhere", "password_change"],
  lacks: {
    rotation: "refresh tokens are not replaced here",
    hashing: "the directory's hashes are its own to queue",
  },
} as const;

/** The settings of a directory that a test has started. */
export function settingsFor(
  { secureUrl, ca }: Pick<Slapd, "secureUrl" | "ca">,
  settings: Partial<DirectorySettings> = {},
): DirectorySettings {
  return {
    url: secureUrl,
    startTls: false,
    ca,
    bindDn: reader.dn,
    bindPassword: reader.password,
    baseDn,
    userFilter: "(&(objectClass=inetOrgPerson)(uid={username}))",
    usernameAttribute: "uid",
    idAttribute: "entryUUID",
    attributes: { email: "mail", name: "cn", given_name: "givenName", family_name: "sn" },
    isEmailVerified: false,
    groupBaseDn: groupsDn,
    groupFilter: "(member={dn})",
    groupAttribute: "cn",
    passwordChange: "modify",
    connections: 20,
    timeoutMs: 10_000,
    ...settings,
  };
}

/** Makes the provider over a directory, with a list of revocations of its own. */
export function createProvider(
  directory: DirectorySettings,
  clock: Clock = Date,
  options: { readonly secrets?: readonly string[]; readonly passwordLockout?: boolean } = {},
) {
  const revocations = createRevocationCheck({ list: createMemoryRevocationList(clock), clock });
  const provider = createLdapIdentityProvider({
    directory,
    secrets,
    issuer: verifierTermsOf.issuer,
    clientId: "portico",
    accessSeconds: 3600,
    sessionSeconds: 30 * 24 * 3600,
    passwordLockout: true,
    clock,
    revocations,
    ...options,
  });
  return {
    ...provider,
    tokens: createJwtVerifier({ ...verifierTermsOf, keys: provider.keys, clock }),
  };
}

/** Puts a user into the directory, and gives the DN. */
export async function addUser(slapd: Slapd, user: NewUser): Promise<string> {
  // RFC 4514 section 2.4.
  const dn = `uid=${user.username.replaceAll(/[\\",#+;<=>]/g, "\\$&")},${usersDn}`;
  await slapd.add(dn, {
    objectClass: "inetOrgPerson",
    uid: user.username,
    cn: "Ada Lovelace",
    givenName: "Ada",
    sn: "Lovelace",
    mail: user.attributes.email,
    userPassword: user.password,
  });
  return dn;
}

/** Starts the provider over OpenLDAP, on a clock that stands still but for the control. */
export async function startHarness(): Promise<IdentityProviderHarness> {
  const slapd = await startSlapd();
  const clock = adjustableClock();
  const { identity, keys, tokens, close } = createProvider(settingsFor(slapd), clock);
  const dnOf = (username: string) => `uid=${username},${usersDn}`;
  return {
    identity,
    keys,
    tokens,
    controls: {
      clock,
      disabling: {
        disable: (username) =>
          slapd.replace(dnOf(username), "pwdAccountLockedTime", ["000001010000Z"]),
      },
      publishedKeys: keysToPublish({ ...verifierTermsOf, clock }, keys),
    },
    newUser: newEmailUser,
    async givenUser() {
      const user = newEmailUser();
      await addUser(slapd, user);
      return user;
    },
    codeFor: () => Promise.reject(new Error("a directory sends no codes")),
    async close() {
      close();
      await slapd.close();
    },
  };
}
