import {
  AdminCreateUserCommand,
  AdminResetUserPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import { sums } from "../contract/question.ts";
import { createTotpApp } from "../runtime/totp-app.ts";
import {
  addFactors,
  freshName,
  makeAccount,
  otherPassword,
  password,
  proveTelephone,
} from "./support/accounts.ts";
import {
  beginBy,
  enterPassword,
  fill,
  press,
  see,
  seeAccount,
  seeHeading,
} from "./support/acting.ts";
import { describeInBrowser, openPage } from "./support/chromium.ts";
import { type PageService, startOnCognito, startOnMemory } from "./support/services.ts";

/** The differences between the providers: how the service is set up, and what administrators do. */
interface Provider {
  readonly start: () => Promise<PageService>;
  readonly startStrict: () => Promise<PageService>;
  readonly startAsking: () => Promise<PageService>;
  /** Makes a user who has a temporary password, in a service whose users have a first name. */
  readonly invite: (username: string) => Promise<PageService>;
  /** Makes an account whose password has to be reset. */
  readonly reset: (username: string) => Promise<PageService>;
}

const attributes = { phone_number: "+442079460958" };
const temporary = "Temporary-Horse-9";

const providers: Readonly<Record<string, Provider>> = {
  memory: {
    start: () => startOnMemory(),
    startStrict: () => startOnMemory({ mfa: "required", mfaMethods: ["totp"] }),
    startAsking: () => startOnMemory({ customChallenge: sums }),
    async invite(username) {
      const service = await startOnMemory({ requiredAttributes: ["given_name"] });
      await service.ports.identity.createUser({
        username,
        attributes: { email: username },
        temporaryPassword: temporary,
        invite: false,
      });
      return service;
    },
    async reset(username) {
      const service = await startOnMemory();
      await makeAccount(service, {}, username);
      await service.ports.identity.requirePasswordReset({ username });
      return service;
    },
  },
  Cognito: {
    start: () => startOnCognito(),
    startStrict: () => startOnCognito({ mfa: "ON" }),
    startAsking: () =>
      startOnCognito({}, { COGNITO_FEATURES: "custom_challenges,email_code_sign_in" }),
    async invite(Username) {
      const Schema = [{ Name: "given_name", AttributeDataType: "String", Required: true } as const];
      const service = await startOnCognito({ pool: { Schema } });
      const { poolId: UserPoolId, cognito } = service;
      const UserAttributes = [{ Name: "email", Value: Username }];
      const TemporaryPassword = temporary;
      const MessageAction = "SUPPRESS";
      await cognito.sdk.send(
        new AdminCreateUserCommand({
          UserPoolId,
          Username,
          UserAttributes,
          TemporaryPassword,
          MessageAction,
        }),
      );
      return service;
    },
    async reset(Username) {
      const service = await startOnCognito();
      await makeAccount(service, {}, Username);
      await service.cognito.sdk.send(
        new AdminResetUserPasswordCommand({ UserPoolId: service.poolId, Username }),
      );
      return service;
    },
  },
};

for (const [name, provider] of Object.entries(providers)) {
  describeInBrowser(`on ${name}, a sign-in that asks for more`, () => {
    test("takes a code of the authenticator app", async () => {
      const service = await provider.start();
      const account = await makeAccount(service);
      const app = await addFactors(service, account, ["totp"]);
      const { page, faults } = await openPage();

      await enterPassword(page, service.url, account);
      await seeHeading(page, "Two-step verification");
      await fill(page, "Code", await app.wrongCode());
      await press(page, "Continue");
      await page.locator("[name=code][aria-invalid=true]").waitFor();
      await fill(page, "Code", await app.nextCode());
      await press(page, "Continue");

      await seeAccount(page, account.username);
      expect(faults).toEqual([]);
    });

    test("takes a code by text message", async () => {
      const service = await provider.start();
      const account = await makeAccount(service, attributes);
      await proveTelephone(service, account);
      await addFactors(service, account, ["sms_code"]);
      const { page, faults } = await openPage();

      await enterPassword(page, service.url, account);
      await see(page, /by text message to \+/);
      await fill(page, "Code", service.code(account.username, "mfa_code"));
      await press(page, "Continue");

      await seeAccount(page, account.username);
      expect(faults).toEqual([]);
    });

    test("takes a code by e-mail", async () => {
      const service = await provider.start();
      const account = await makeAccount(service);
      await addFactors(service, account, ["email_code"]);
      const { page, faults } = await openPage();

      await enterPassword(page, service.url, account);
      await see(page, /We have sent a code to a\*/);
      await fill(page, "Code", service.code(account.username, "mfa_code"));
      await press(page, "Continue");

      await seeAccount(page, account.username);
      expect(faults).toEqual([]);
    });

    test("lets the user choose the second factor", async () => {
      const service = await provider.start();
      const account = await makeAccount(service, attributes);
      await proveTelephone(service, account);
      const app = await addFactors(service, account, ["totp", "sms_code"]);
      const { page, faults } = await openPage();

      await enterPassword(page, service.url, account);
      await see(page, "How would you like to confirm that it is you?");
      await page.getByRole("button", { name: /^Authenticator app/ }).click();
      await fill(page, "Code", await app.nextCode());
      await press(page, "Continue");

      await seeAccount(page, account.username);
      expect(faults).toEqual([]);
    });

    test("has an authenticator app set up", async () => {
      const service = await provider.startStrict();
      const { page, faults } = await openPage();
      const account = await makeAccount(service);

      await enterPassword(page, service.url, account);
      const scan = page.getByRole("heading", { name: "Set up your authenticator app" });
      const choice = page.getByRole("button", { name: /^Authenticator app/ });
      await choice.or(scan).first().waitFor();
      if (await choice.isVisible()) await choice.click();
      await scan.waitFor();
      const picture = page.getByAltText("QR code for your authenticator app");
      await expect
        .poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth))
        .not.toBe(0);
      const secret = (await page.locator(".portico-secret code").innerText()).replaceAll(" ", "");
      await fill(page, "Code", await createTotpApp(secret).nextCode());
      await press(page, "Continue");

      await seeAccount(page, account.username);
      expect(faults).toEqual([]);
    });

    test("has a temporary password replaced, and attributes given that are required", async () => {
      const username = freshName();
      const service = await provider.invite(username);
      const { page, faults } = await openPage();

      await enterPassword(page, service.url, { username, password: temporary });
      await seeHeading(page, "Choose your own password");
      await fill(page, "New password", otherPassword);
      await fill(page, "First name", "Ada");
      await press(page, "Continue");

      await seeAccount(page, username);
      await see(page, "Ada");
      expect(faults).toEqual([]);
    });

    test("has a password reset first that an administrator asks for anew", async () => {
      const username = freshName();
      const service = await provider.reset(username);
      const { page, faults } = await openPage();

      await enterPassword(page, service.url, { username, password });
      await see(page, "Your password has to be changed first.");
      await press(page, "Send code");
      await seeHeading(page, "Choose a new password");
      await fill(page, "Code", service.code(username, "password_reset"));
      await fill(page, "New password", otherPassword);
      await press(page, "Change password");

      await seeAccount(page, username);
      expect(faults).toEqual([]);
    });

    test("lets the user choose how to begin", async () => {
      const service = await provider.start();
      const account = await makeAccount(service);
      const { page, faults } = await openPage();
      await beginBy(page, ({ username }) => ({ username }));

      await enterPassword(page, service.url, account);
      await seeHeading(page, "How would you like to sign in?");
      await page.getByRole("button", { name: "Password" }).click();
      await fill(page, "Password", "Wrong-Horse-1");
      await press(page, "Sign in");
      await page.getByRole("alert").filter({ hasText: /./ }).waitFor();

      expect(faults).toEqual([]);
    });

    test("asks a question of the operator's own", async () => {
      const service = await provider.startAsking();
      const account = await makeAccount(service);
      const { page, faults } = await openPage();
      await beginBy(page, ({ username }) => ({ username, factor: "custom" }));

      await enterPassword(page, service.url, account);
      await see(page, "1 + 2");
      await fill(page, "Answer", "3");
      await press(page, "Continue");

      await seeAccount(page, account.username);
      expect(faults).toEqual([]);
    });
  });
}

describeInBrowser("a sign-in that asks for something that nobody here knows", () => {
  test("says so, and can begin anew", async () => {
    const service = await startOnMemory();
    const account = await makeAccount(service);
    const { page, faults } = await openPage();
    const challenge = { type: "retina", session: "s", colour: "blue" };
    await page.route("**/v1/sign-in", (route) =>
      route.fulfill({ json: { status: "challenge", challenge } }),
    );

    await enterPassword(page, service.url, account);
    await seeHeading(page, "This sign-in cannot go on here");
    await press(page, "Back");

    await seeHeading(page, "Sign in");
    expect(await page.getByLabel("E-mail address").inputValue()).toBe(account.username);
    expect(faults).toEqual([]);
  });
});
