import type { DirectorySettings } from "../../src/adapters/ldap/settings.ts";
import type { IdentityProviderHarness, NewUser } from "../../src/testing/index.ts";
import { adjustableClock } from "../adapters/memory/support.ts";
import { domainDn, domainReader, domainUsersDn, type Samba } from "../support/samba.ts";
import { createProvider, settingsFor, verifierTermsOf } from "./ldap-harness.ts";
import { newEmailUser } from "./new-email-user.ts";
import { keysToPublish } from "./published-keys.ts";

/** The settings of a domain that a test has started, whose users sign in by the principal name. */
export function domainSettings(samba: Samba): DirectorySettings {
  return settingsFor(samba, {
    bindDn: domainReader.dn,
    bindPassword: domainReader.password,
    baseDn: domainDn,
    userFilter: "(&(objectCategory=person)(objectClass=user)(userPrincipalName={username}))",
    usernameAttribute: "userPrincipalName",
    idAttribute: "objectGUID",
    groupBaseDn: domainDn,
    groupFilter: "(member:1.2.840.113556.1.4.1941:={dn})",
    passwordChange: "active-directory",
    timeoutMs: 15_000,
  });
}

const dnOf = (username: string) => `CN=${username},${domainUsersDn}`;

/** Puts a user into the domain, and gives the DN. */
export async function addDomainUser(samba: Samba, user: NewUser): Promise<string> {
  const dn = dnOf(user.username);
  await samba.addUser(dn, user.password, {
    sAMAccountName: crypto.randomUUID().replaceAll("-", "").slice(0, 20),
    userPrincipalName: user.username,
    mail: user.attributes.email,
    givenName: "Ada",
    sn: "Lovelace",
  });
  return dn;
}

/** Makes the provider over a domain, on a clock that stands still but for the control. */
export async function harnessOver(samba: Samba): Promise<IdentityProviderHarness> {
  const clock = adjustableClock();
  const { identity, keys, tokens, close } = createProvider(domainSettings(samba), clock);
  return {
    identity,
    keys,
    tokens,
    controls: {
      clock,
      disabling: {
        disable: (username) => samba.replace(dnOf(username), "userAccountControl", "514"),
      },
      publishedKeys: keysToPublish({ ...verifierTermsOf, clock }, keys),
    },
    newUser: newEmailUser,
    async givenUser() {
      const user = newEmailUser();
      await addDomainUser(samba, user);
      return user;
    },
    codeFor: () => Promise.reject(new Error("a directory sends no codes")),
    close: async () => close(),
  };
}
