import type { Administration, Ports } from "../../ports/index.ts";
import { checkNewPassword, normalizeUsername } from "../credentials.ts";
import { IdentityError } from "../errors.ts";
import type { Principal } from "../principal.ts";
import { type AuditPorts, audited } from "./audited.ts";
import type { Caller } from "./sessions.ts";

/** Who is an administrator: whoever is in one of the groups, or has one of the scopes. With none of either, nobody is. */
export interface AdminPolicy {
  readonly groups: readonly string[];
  readonly scopes: readonly string[];
}

/**
 * Gives what an administrator can do. Each method checks that the caller is one, brings the user name into its normal
 * form, and records what was done by whom.
 *
 * Each throws `insufficient_scope` where the caller is no administrator, and else as the method of `Administration`.
 */
export function administrationBy(
  caller: Caller,
  ports: Pick<Ports, "identity"> & AuditPorts,
  policy: AdminPolicy,
): Administration {
  const { identity } = ports;
  const { principal } = caller;
  function act<T>(action: keyof Administration, work: () => Promise<T>): Promise<T> {
    const checked = async () => {
      if (!isAdministrator(principal, policy)) throw new IdentityError("insufficient_scope");
      return work();
    };
    return audited(ports, "administration", checked, { subject: principal.subject, action });
  }
  return {
    listUsers: (input) => act("listUsers", () => identity.listUsers(input)),
    getUser: (input) => act("getUser", () => identity.getUser(normal(input))),
    createUser: (input) => act("createUser", () => identity.createUser(normal(input))),
    updateUser: (input) => act("updateUser", () => identity.updateUser(normal(input))),
    deleteUser: (input) => act("deleteUser", () => identity.deleteUser(normal(input))),
    confirmUser: (input) => act("confirmUser", () => identity.confirmUser(normal(input))),
    disableUser: (input) => act("disableUser", () => identity.disableUser(normal(input))),
    enableUser: (input) => act("enableUser", () => identity.enableUser(normal(input))),
    requirePasswordReset: (input) =>
      act("requirePasswordReset", () => identity.requirePasswordReset(normal(input))),
    setPassword: (input) =>
      act("setPassword", async () => {
        checkNewPassword(input.password, "password");
        return identity.setPassword(normal(input));
      }),
    signOutUser: (input) => act("signOutUser", () => identity.signOutUser(normal(input))),
    listUserGroups: (input) => act("listUserGroups", () => identity.listUserGroups(normal(input))),
    addToGroup: (input) => act("addToGroup", () => identity.addToGroup(normal(input))),
    removeFromGroup: (input) =>
      act("removeFromGroup", () => identity.removeFromGroup(normal(input))),
  };
}

function isAdministrator(principal: Principal, { groups, scopes }: AdminPolicy): boolean {
  const isInGroup =
    principal.kind === "user" && principal.groups.some((name) => groups.includes(name));
  return isInGroup || principal.scopes.some((name) => scopes.includes(name));
}

function normal<Input extends { readonly username: string }>(input: Input): Input {
  return { ...input, username: normalizeUsername(input.username) };
}
