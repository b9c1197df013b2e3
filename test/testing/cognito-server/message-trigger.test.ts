import {
  AdminCreateUserCommand,
  AdminResetUserPasswordCommand,
  ForgotPasswordCommand,
  GetUserAttributeVerificationCodeCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import { ada, named, password, signUp, signUpProven, tokensOf } from "./support.ts";
import { ClientMetadata, startWatched } from "./watched-triggers.ts";

describe("the event before a message", () => {
  // https://github.com/localstack/localstack/issues/10754
  test("is Cognito's to the member", async () => {
    const { world, taken } = await startWatched(["CustomMessage"]);
    const input = { ...named(world), Password: password, ClientMetadata };

    const { UserSub } = await world.sdk.send(new SignUpCommand(input));

    expect(taken()).toEqual([
      {
        version: "1",
        region: "us-east-1",
        userPoolId: world.poolId,
        userName: UserSub,
        callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: world.clientId },
        triggerSource: "CustomMessage_SignUp",
        request: {
          userAttributes: {
            sub: UserSub,
            email: ada,
            email_verified: "false",
            "cognito:user_status": "UNCONFIRMED",
          },
          codeParameter: "{####}",
          linkParameter: "{##Click Here##}",
          usernameParameter: null,
          clientMetadata: ClientMetadata,
        },
        response: { smsMessage: null, emailMessage: null, emailSubject: null },
      },
    ]);
  });

  test("says what it is for, and has what the client sends along", async () => {
    const { world, taken, user } = await startWatched(["CustomMessage"]);
    await signUpProven(world);
    await signUp(world, "grace@example.com");
    taken();
    const grace = { ...named(world, "grace@example.com"), ClientMetadata };
    await world.sdk.send(new ResendConfirmationCodeCommand(grace));
    await world.sdk.send(new ForgotPasswordCommand({ ...named(world), ClientMetadata }));
    const { AccessToken } = await tokensOf(world);
    const UserAttributes = [{ Name: "email", Value: "ada@example.org" }];
    const own = { AccessToken, ClientMetadata };
    await world.sdk.send(new UpdateUserAttributesCommand({ ...own, UserAttributes }));
    const AttributeName = "email";
    await world.sdk.send(new GetUserAttributeVerificationCodeCommand({ ...own, AttributeName }));
    const invited = { ...user, Username: "joan@example.com", ClientMetadata };
    await world.sdk.send(new AdminCreateUserCommand(invited));
    const resent = { ...invited, MessageAction: "RESEND" as const };
    await world.sdk.send(new AdminCreateUserCommand(resent));

    const events = taken();
    for (const { request } of events) expect(request.clientMetadata).toEqual(ClientMetadata);
    expect(events.map(({ triggerSource }) => triggerSource.split("_")[1])).toEqual([
      "ResendCode",
      "ForgotPassword",
      "UpdateUserAttribute",
      "VerifyUserAttribute",
      "AdminCreateUser",
      "AdminCreateUser",
    ]);
  });

  test("lets the function write it, with the code and the user name in their places", async () => {
    const { world, user } = await startWatched(["CustomMessage"], (event) => {
      const { codeParameter: code, usernameParameter: name } = event.request;
      event.response.emailSubject = "Welcome";
      event.response.emailMessage = `${name ?? "You"}: ${code}`;
      return event;
    });
    await world.sdk.send(new AdminCreateUserCommand(user));
    const [invitation] = world.server.outboxOf(world.poolId).messagesFor(ada);
    await signUpProven(world, "grace@example.com");
    const grace = { ...user, Username: "grace@example.com" };
    await world.sdk.send(new AdminResetUserPasswordCommand({ ...grace, ClientMetadata }));
    const reset = world.server.outboxOf(world.poolId).messagesFor("grace@example.com").at(-1);

    expect(invitation).toMatchObject({
      subject: "Welcome",
      text: `${invitation?.username}: ${invitation?.code}`,
    });
    expect(reset).toMatchObject({ purpose: "password_reset", text: `You: ${reset?.code}` });
  });
});
