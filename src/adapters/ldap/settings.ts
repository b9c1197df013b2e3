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
