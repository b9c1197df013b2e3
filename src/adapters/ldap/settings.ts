/** The way to a directory, and how its entries are read: the settings of docs/ldap.md, with their defaults filled in. */
export interface DirectorySettings {
  /** `ldaps://host` or `ldap://host`, with a port or not. */
  readonly url: string;
  /** Whether a connection to `ldap://` is upgraded to TLS before anything else (RFC 4511 section 4.14). */
  readonly startTls: boolean;
  /** The certificates to trust in place of the system's, as PEM. */
  readonly ca?: string | undefined;
  readonly bindDn: string;
  readonly bindPassword: string;
  readonly baseDn: string;
  /** `{username}` stands for the name. */
  readonly userFilter: string;
  readonly usernameAttribute: string;
  /** The attribute that is never another's: the subject. */
  readonly idAttribute: string;
  /** The attributes of tokens and profiles, each with the directory's name for it. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Whether the addresses of the directory count as proven. */
  readonly isEmailVerified: boolean;
  readonly groupBaseDn: string;
  /** `{dn}` and `{username}` stand for the user's entry and name. */
  readonly groupFilter: string;
  readonly groupAttribute: string;
  /** How a user's password is changed: by RFC 3062, or as Active Directory does it. */
  readonly passwordChange: "modify" | "active-directory" | "none";
  /** Most connections at once. */
  readonly connections: number;
  /** The time that a call may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** The defaults of each kind of directory. */
export const kinds = {
  ldap: {
    userFilter: "(&(objectClass=inetOrgPerson)(uid={username}))",
    usernameAttribute: "uid",
    idAttribute: "entryUUID",
  },
  "active-directory": {
    userFilter: "(&(objectCategory=person)(objectClass=user)(sAMAccountName={username}))",
    usernameAttribute: "sAMAccountName",
    idAttribute: "objectGUID",
  },
};

/** The defaults of the attributes, of either kind. */
export const attributesOfKinds = [
  "email=mail",
  "name=displayName",
  "given_name=givenName",
  "family_name=sn",
];

/** Active Directory's rule by which members of members are members: [MS-ADTS] section 3.1.1.3.4.4.3. */
export const nestedGroups = "(member:1.2.840.113556.1.4.1941:={dn})";
