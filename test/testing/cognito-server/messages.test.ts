import {
  AdminCreateUserCommand,
  ForgotPasswordCommand,
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import { ada, initiate, named, signUp, signUpProven, startWorld, type World } from "./support.ts";

function lastMessage({ server, poolId }: World, username = ada) {
  return server.outboxOf(poolId).messagesFor(username).at(-1);
}

describe("messages", () => {
  test("say what the pool was told, with the code in it", async () => {
    const world = await startWorld({
      pool: {
        EmailVerificationMessage: "Your code is {####}",
        EmailVerificationSubject: "Your code",
      },
    });
    await signUp(world);

    expect(lastMessage(world)).toMatchObject({
      subject: "Your code",
      text: `Your code is ${world.lastCode()}`,
    });
  });

  test("say what the template says where there are both", async () => {
    const world = await startWorld({
      pool: {
        EmailVerificationMessage: "Old {####}",
        VerificationMessageTemplate: { EmailMessage: "New {####}", EmailSubject: "New" },
      },
    });
    await signUpProven(world);
    await world.sdk.send(new ForgotPasswordCommand(named(world)));

    expect(lastMessage(world)).toMatchObject({ subject: "New", text: `New ${world.lastCode()}` });
  });

  test("invite by user name and password", async () => {
    const InviteMessageTemplate = { EmailMessage: "{username}: {####}", EmailSubject: "Join us" };
    const world = await startWorld({ pool: { AdminCreateUserConfig: { InviteMessageTemplate } } });
    const user = { UserPoolId: world.poolId, Username: ada };

    const { User } = await world.sdk.send(new AdminCreateUserCommand(user));

    expect(lastMessage(world)).toMatchObject({
      subject: "Join us",
      text: `${User?.Username}: ${world.lastCode()}`,
    });
  });

  test("of a second factor say what its settings say", async () => {
    const world = await startWorld();
    const { poolId: UserPoolId, sdk } = world;
    await signUpProven(world);
    const EmailMfaConfiguration = { Message: "Sign in: {####}", Subject: "Sign in" };
    const on = { UserPoolId, MfaConfiguration: "ON" as const, EmailMfaConfiguration };
    await sdk.send(new SetUserPoolMfaConfigCommand(on));

    const { ChallengeName } = await initiate(world);

    expect(ChallengeName).toBe("EMAIL_OTP");
    expect(lastMessage(world)).toMatchObject({
      subject: "Sign in",
      text: `Sign in: ${world.lastCode()}`,
    });
  });

  test("are without words where nothing was said", async () => {
    const world = await startWorld({ pool: { SmsVerificationMessage: "Your code is {####}" } });
    await signUp(world);
    await world.sdk.send(new UpdateUserPoolCommand({ UserPoolId: world.poolId }));

    expect(lastMessage(world)).not.toHaveProperty("text");
  });
});
