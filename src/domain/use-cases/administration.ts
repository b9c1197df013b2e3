import type { Administration, NamedUser, Ports } from "../../ports/index.ts";
import { checkNewPassword, newUsername, normalizeUsername } from "../credentials.ts";
import { IdentityError } from "../errors.ts";
import type { Principal } from "../principal.ts";
import { type AuditPorts, audited } from "./audited.ts";
import { type PasswordListPorts, refuseCompromised } from "./compromised-passwords.ts";
import { type NoticePorts, recipientBefore, tellOfAddresses, tellUser } from "./notices.ts";
import { revokeUser } from "./revocations.ts";
import type { Caller } from "./sessions.ts";

/** Who is an administrator: whoever is in one of the groups, or has one of the scopes. With none of either, nobody is. */
export interface AdminPolicy {
  readonly groups: readonly string[];
  readonly scopes: readonly string[];
}

/** The acts of an administrator, for a caller: each refuses whoever is none. */
export type AdministrationBy = (caller: Caller, ports: AdministrationPorts) => Administration;

type AdministrationPorts = Pick<Ports, "revocations"> &
  NoticePorts &
  AuditPorts &
  PasswordListPorts;

/**
 * Makes the operations of an administrator. Each method checks that the caller is one, brings the user name into its
 * normal form, and records what was done by whom. To sign a user out, to disable and to delete one, to take one out of a
 * group and to take second factors away, ends the user's access tokens too: what they say of the user is no longer so. With
 * the second factors, every session goes.
 *
 * These five throw `provider_unavailable` where it was done but the access tokens may live: do it again. Each throws `insufficient_scope` where the caller is no administrator, and else as the method of `Administration`.
 */
export function administrationBy(
  caller: Caller,
  ports: AdministrationPorts,
  policy: AdminPolicy,
): Administration {
  const { identity } = ports;
  const act = <T>(action: keyof Administration, work: () => Promise<T>) =>
    actOfAdministrator(ports, caller, policy, action, work);
  const ending = endingAccessBy(caller, ports);
  return {
    listUsers: (input) => act("listUsers", () => identity.listUsers(input)),
    getUser: (input) => act("getUser", () => identity.getUser(normal(input))),
    createUser: (input) =>
      act("createUser", async () => {
        const username = newUsername(input.username);
        await refuseCompromised(ports, input.temporaryPassword, "temporaryPassword");
        return identity.createUser({ ...input, username });
      }),
    resendInvitation: (input) =>
      act("resendInvitation", () => identity.resendInvitation(normal(input))),
    updateUser: (input) =>
      act("updateUser", async () => {
        const { email, phone_number: phoneNumber } = input.attributes;
        const isOfAddress = email !== undefined || phoneNumber !== undefined;
        const before = isOfAddress ? await recipientBefore(ports, normal(input)) : undefined;
        await identity.updateUser(normal(input));
        tellOfAddresses(ports, before, input.attributes);
      }),
    deleteUser: (input) =>
      act("deleteUser", () =>
        ending(normal(input), async (user, revoke) => {
          // Once the user is gone, no repetition would come as far as this again.
          await revoke();
          await identity.deleteUser(user);
          await revoke(goneSeconds);
        }),
      ),
    confirmUser: (input) => act("confirmUser", () => identity.confirmUser(normal(input))),
    disableUser: (input) =>
      act("disableUser", () =>
        ending(normal(input), async (user, revoke) => {
          await identity.disableUser(user);
          await revoke();
        }),
      ),
    enableUser: (input) => act("enableUser", () => identity.enableUser(normal(input))),
    requirePasswordReset: (input) =>
      act("requirePasswordReset", () => identity.requirePasswordReset(normal(input))),
    setPassword: (input) =>
      act("setPassword", async () => {
        checkNewPassword(input.password, "password");
        await refuseCompromised(ports, input.password, "password");
        await identity.setPassword(normal(input));
        tellUser(ports, "password_changed", normal(input));
      }),
    signOutUser: (input) =>
      act("signOutUser", () =>
        ending(normal(input), async (user, revoke) => {
          await identity.signOutUser(user);
          await revoke();
        }),
      ),
    resetMfa: (input) =>
      act("resetMfa", () =>
        ending(normal(input), async (user, revoke) => {
          await identity.resetMfa(user);
          tellUser(ports, "second_factors_changed", user);
          // A device that was lost with the factor may hold a session.
          await identity.signOutUser(user);
          await revoke();
        }),
      ),
    listUserGroups: (input) => act("listUserGroups", () => identity.listUserGroups(normal(input))),
    addToGroup: (input) => act("addToGroup", () => identity.addToGroup(normal(input))),
    removeFromGroup: (input) =>
      act("removeFromGroup", () =>
        ending(normal(input), async (user, revoke) => {
          await identity.removeFromGroup({ ...user, group: input.group });
          await revoke();
        }),
      ),
  };
}

/**
 * Does what only an administrator may, and records it.
 *
 * @param action - the name that the event has it by
 * @throws {IdentityError} `insufficient_scope` — the caller is none
 */
export function actOfAdministrator<T>(
  ports: AuditPorts,
  { principal }: Caller,
  policy: AdminPolicy,
  action: string,
  work: () => Promise<T>,
): Promise<T> {
  const checked = async () => {
    if (!isAdministrator(principal, policy)) throw new IdentityError("insufficient_scope");
    return work();
  };
  return audited(ports, "administration", checked, { subject: principal.subject, action });
}

/** For how long a user who is gone is refused any token, whoever may still issue one. There are none to come that are good. */
const goneSeconds = 60;

/**
 * Tokens name users by their subject, which the provider is asked for first. The issuer is that of the administrator's
 * own token, as both are the provider's.
 */
function endingAccessBy({ principal: { issuer } }: Caller, ports: AdministrationPorts) {
  return async (
    user: NamedUser,
    work: (user: NamedUser, revoke: (aheadSeconds?: number) => Promise<void>) => Promise<void>,
  ): Promise<void> => {
    const asked = { ...user, request: {} };
    if (!ports.revocations) return work(asked, async () => undefined);
    const { subject } = await ports.identity.getUser(asked);
    return work(asked, (aheadSeconds) => revokeUser(ports, { issuer, subject }, aheadSeconds));
  };
}

function isAdministrator(principal: Principal, { groups, scopes }: AdminPolicy): boolean {
  const isInGroup =
    principal.kind === "user" && principal.groups.some((name) => groups.includes(name));
  return isInGroup || principal.scopes.some((name) => scopes.includes(name));
}

function normal<Input extends NamedUser>(input: Input): Input {
  return { ...input, username: normalizeUsername(input.username) };
}
