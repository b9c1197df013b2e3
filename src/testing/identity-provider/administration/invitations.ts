import { expectBlame, expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { outcomesAtOnce } from "../../outcomes.ts";
import { expectOneWinner, fiftyOf } from "../../races.ts";
import { contractCaseWith, raceCase } from "../contract-case.ts";
import { givenUser, signIn, weakPassword } from "../steps/account-steps.ts";
import { beginWithPassword, invite } from "../steps/challenge-steps.ts";

const administered = { needs: ["administration"] } as const;

/** The cases of `Administration.createUser`. */
export const invitationCases = [
  contractCaseWith(administered, "invitations: tell what was created", async (harness) => {
    const { username, attributes } = harness.newUser();
    const all = { ...attributes, email_verified: "true" };

    const created = await harness.identity.createUser({ username, attributes: all });

    const record = await harness.identity.getUser({ username });
    expectEqual("the subject", record.subject, created.subject);
    for (const user of [created, record]) {
      expectEqual("the status", user.status, "invited");
      expectEqual("whether it is enabled", user.enabled, true);
      expectEqual("the e-mail address", user.attributes.email, attributes.email);
      expectEqual("email_verified", user.attributes.email_verified, true);
    }
  }),

  contractCaseWith(
    administered,
    "invitations: let the user in with the password that was sent",
    async (harness) => {
      const user = await invite(harness);

      await beginWithPassword(harness, user, "new_password");
    },
  ),

  contractCaseWith(
    administered,
    "invitations: let the user in with the password that was chosen",
    async (harness) => {
      const { username, attributes, password } = harness.newUser();

      await harness.identity.createUser({ username, attributes, temporaryPassword: password });

      await beginWithPassword(harness, { username, password }, "new_password");
    },
  ),

  contractCaseWith(
    { ...administered, requires: ["deliveries"] },
    "invitations: are sent once, or not at all where that is asked for",
    async (harness, { deliveries }) => {
      const [told, untold] = [harness.newUser(), harness.newUser()];

      await harness.identity.createUser(asCreated(told));
      await harness.identity.createUser({ ...asCreated(untold), invite: false });

      expectEqual("invitations sent", await deliveries.count(told.username, "invitation"), 1);
      expectEqual("sent unasked", await deliveries.count(untold.username, "invitation"), 0);
    },
  ),

  contractCaseWith(
    { ...administered, requires: ["deliveryFaults"] },
    "invitations: make the account even if the user could not be told, and it is said",
    async (harness, { deliveryFaults }) => {
      const user = harness.newUser();
      await deliveryFaults.failNext();

      await expectCode(harness.identity.createUser(asCreated(user)), "delivery_failed");

      const { status } = await harness.identity.getUser(user);
      expectEqual("the status", status, "invited");
    },
  ),

  contractCaseWith(administered, "invitations: take no name that is in use", async (harness) => {
    const taken = await givenUser(harness);

    const again = harness.identity.createUser(asCreated(taken));

    await expectCode(again, "username_taken", "alias_taken");
  }),

  contractCaseWith(
    administered,
    "invitations: refuse a weak temporary password and say which member is at fault",
    async (harness) => {
      const user = harness.newUser();

      const weak = { ...asCreated(user), temporaryPassword: weakPassword };
      const error = await expectCode(
        harness.identity.createUser(weak),
        "password_policy_violation",
      );

      expectBlame(error, "temporaryPassword");
      await expectCode(harness.identity.getUser(user), "user_not_found");
    },
  ),

  contractCaseWith(
    administered,
    "invitations: refuse a malformed address and say which member is at fault",
    async (harness) => {
      const { username, attributes } = harness.newUser();
      const malformed = { username, attributes: { ...attributes, email: "no address" } };

      const error = await expectCode(harness.identity.createUser(malformed), "validation_failed");

      expectBlame(error, "attributes", "email");
    },
  ),

  contractCaseWith(
    administered,
    "invitations: are sent again with another password, in place of the one before",
    async (harness) => {
      const user = await invite(harness);

      await harness.identity.resendInvitation(user);

      const password = await harness.codeFor(user.username, "invitation");
      expectThat("the password is another one", password !== user.password);
      await beginWithPassword(harness, { ...user, password }, "new_password");
      await expectCode(harness.identity.signIn(user), "invalid_credentials");
    },
  ),

  contractCaseWith(
    { ...administered, requires: ["clock"] },
    "invitations: are good for as long when they are sent again, after they lapsed too",
    async (harness, { clock }) => {
      const user = await invite(harness);
      await clock.advance(100 * 24 * 60 * 60);
      await expectCode(harness.identity.signIn(user), "temporary_password_expired");

      await harness.identity.resendInvitation(user);

      const password = await harness.codeFor(user.username, "invitation");
      await beginWithPassword(harness, { ...user, password }, "new_password");
    },
  ),

  contractCaseWith(
    administered,
    "invitations: are not sent to who has a password of their own, and that stays",
    async (harness) => {
      const user = await givenUser(harness);

      await expectCode(harness.identity.resendInvitation(user), "conflict");

      await signIn(harness, user);
    },
  ),

  contractCaseWith(
    { ...administered, requires: ["deliveryFaults"] },
    "invitations: say that they could not be sent again",
    async (harness, { deliveryFaults }) => {
      const user = await invite(harness);
      await deliveryFaults.failNext();

      await expectCode(harness.identity.resendInvitation(user), "delivery_failed");

      const { status } = await harness.identity.getUser(user);
      expectEqual("the status", status, "invited");
    },
  ),

  raceCase(administered, "concurrency: creates one of many users of one name", async (harness) => {
    const user = asCreated(harness.newUser());

    const outcomes = await outcomesAtOnce(
      fiftyOf(() => user),
      (input) => harness.identity.createUser(input),
    );

    expectOneWinner(outcomes, "username_taken", "alias_taken");
  }),
];

function asCreated<User extends { readonly username: string; readonly attributes: object }>({
  username,
  attributes,
}: User): Pick<User, "username" | "attributes"> {
  return { username, attributes };
}
