import type { CallOptions } from "../options.ts";
import type { Schemas } from "../schemas.ts";
import type { Sessions } from "../session/sessions.ts";

/** The part of a listing that is wanted. */
export interface PageOptions extends CallOptions {
  /** Most items to give. A page can have fewer. */
  readonly limit?: number | undefined;
  /** The `cursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** The users that are wanted. */
export interface UserListOptions extends PageOptions {
  /** A comparison in the words of SCIM (RFC 7644 section 3.4.2.2), such as `status eq "approval_required"`. */
  readonly filter?: string | undefined;
}

/**
 * The users of the service, for an administrator who is signed in; loaded when it is first used. Each method can end in the
 * codes of its operation, `insufficient_scope` for whoever is no administrator, and `signed_out`.
 */
export interface Administration {
  listUsers(options?: UserListOptions): Promise<Schemas["UsersResponse"]>;
  createUser(
    user: Schemas["CreateUserRequest"],
    options?: CallOptions,
  ): Promise<Schemas["UserRecord"]>;
  getUser(username: string, options?: CallOptions): Promise<Schemas["UserRecord"]>;
  updateUser(
    username: string,
    change: Schemas["UpdateUserRequest"],
    options?: CallOptions,
  ): Promise<void>;
  deleteUser(username: string, options?: CallOptions): Promise<void>;
  resendInvitation(username: string, options?: CallOptions): Promise<void>;
  /** Confirms, or approves, a user who signed up. */
  confirmUser(username: string, options?: CallOptions): Promise<void>;
  disableUser(username: string, options?: CallOptions): Promise<void>;
  enableUser(username: string, options?: CallOptions): Promise<void>;
  /** Makes a user set a new password, with a code that they are sent. */
  resetPassword(username: string, options?: CallOptions): Promise<void>;
  setPassword(
    username: string,
    password: Schemas["SetPasswordRequest"],
    options?: CallOptions,
  ): Promise<void>;
  /** Ends every session of a user. */
  signOutUser(username: string, options?: CallOptions): Promise<void>;
  /** Takes all second factors of a user away. */
  resetMfa(username: string, options?: CallOptions): Promise<void>;
  listGroups(username: string, options?: PageOptions): Promise<Schemas["GroupsResponse"]>;
  addToGroup(username: string, group: string, options?: CallOptions): Promise<void>;
  removeFromGroup(username: string, group: string, options?: CallOptions): Promise<void>;
  listEvents(options?: PageOptions): Promise<Schemas["EventsResponse"]>;
}

/** Makes the administration for whoever is signed in. */
export function createAdministration({ send }: Sessions): Administration {
  const users = "/v1/admin/users";
  const user = `${users}/{username}` as const;
  const of = (username: string, { signal }: CallOptions = {}) => ({ params: { username }, signal });
  return {
    listUsers: ({ signal, ...query } = {}) => send("get", users, { query, signal }),
    createUser: (body, { signal } = {}) => send("post", users, { body, signal }),
    getUser: (username, options) => send("get", user, of(username, options)),
    updateUser: (username, body, options) =>
      send("patch", user, { ...of(username, options), body }),
    deleteUser: (username, options) => send("delete", user, of(username, options)),
    resendInvitation: (username, options) =>
      send("post", `${user}/invitation`, of(username, options)),
    confirmUser: (username, options) => send("post", `${user}/confirm`, of(username, options)),
    disableUser: (username, options) => send("post", `${user}/disable`, of(username, options)),
    enableUser: (username, options) => send("post", `${user}/enable`, of(username, options)),
    resetPassword: (username, options) =>
      send("post", `${user}/reset-password`, of(username, options)),
    setPassword: (username, body, options) =>
      send("post", `${user}/set-password`, { ...of(username, options), body }),
    signOutUser: (username, options) => send("post", `${user}/sign-out`, of(username, options)),
    resetMfa: (username, options) => send("delete", `${user}/mfa`, of(username, options)),
    listGroups: (username, { signal, ...query } = {}) =>
      send("get", `${user}/groups`, { ...of(username, { signal }), query }),
    addToGroup: (username, group, { signal } = {}) =>
      send("put", `${user}/groups/{group}`, { params: { username, group }, signal }),
    removeFromGroup: (username, group, { signal } = {}) =>
      send("delete", `${user}/groups/{group}`, { params: { username, group }, signal }),
    listEvents: ({ signal, ...query } = {}) => send("get", "/v1/admin/events", { query, signal }),
  };
}
