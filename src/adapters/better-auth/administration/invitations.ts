import type { User } from "../database/user-rows.ts";
import type { Engine } from "../engine.ts";

const lifeMs = 7 * 24 * 3600_000;

type InvitationEngine = Pick<Engine, "openStates" | "settings">;

/** Notes that a user has a temporary password from now on. */
export async function recordInvitation(engine: InvitationEngine, user: User): Promise<void> {
  const next = { value: true, expiresAt: engine.settings.clock.now() + lifeMs };
  await invitationsOf(engine).update(user.subject, () => ({ next, result: undefined }));
}

/** Tells whether a user's temporary password is still good. */
export async function isInvitationAlive(engine: InvitationEngine, user: User): Promise<boolean> {
  return (await invitationsOf(engine).read(user.subject)) === true;
}

function invitationsOf({ openStates }: InvitationEngine) {
  return openStates<boolean>("invitation");
}
