import { checkNewPassword } from "../../domain/credentials.ts";
import type { EndedSessions } from "../../domain/session.ts";
import type { ChangePasswordInput, IdentityProvider } from "../../ports/index.ts";
import type { Engine } from "./engine.ts";
import { translate } from "./errors.ts";

/** Makes the part of the profiles facet of the port that a directory has. */
export function createProfiles({ byToken }: Engine): Pick<IdentityProvider, "getProfile"> {
  return {
    async getProfile({ accessToken }) {
      const { subject, username, attributes } = await byToken(accessToken);
      return { subject, username, attributes };
    },
  };
}

/** Makes the part of the passwords facet of the port that a directory can have. */
export function createPasswords(engine: Engine): Pick<IdentityProvider, "changePassword"> {
  return { changePassword: (input) => changePassword(engine, input) };
}

async function changePassword(
  { byToken, directory, sessions, whileGuessesLast }: Engine,
  { accessToken, currentPassword, newPassword }: ChangePasswordInput,
): Promise<EndedSessions> {
  const person = await byToken(accessToken);
  const { subject } = person;
  checkNewPassword(newPassword, "newPassword");
  await whileGuessesLast(`change ${subject}`, () =>
    directory.changePassword(person, currentPassword, newPassword),
  );
  try {
    await sessions.endAll(subject);
    return { ended: "all", subject };
  } catch (error) {
    // The password is new all the same.
    return { ended: "none", code: translate(error).code };
  }
}
