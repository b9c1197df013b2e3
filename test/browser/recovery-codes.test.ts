import { expect, test } from "vitest";
import { addFactors, makeAccount } from "./support/accounts.ts";
import { enterPassword, fill, press, see, seeAccount, seeHeading } from "./support/acting.ts";
import { describeInBrowser, openPage } from "./support/chromium.ts";
import { startOnCognito, startOnMemory } from "./support/services.ts";

describeInBrowser("recovery codes", () => {
  test("are made, kept, and let their user in once the second factor is lost", async () => {
    const service = await startOnMemory();
    const account = await makeAccount(service);
    const app = await addFactors(service, account, ["totp"]);
    const { page, faults } = await openPage();
    await enterPassword(page, service.url, account);
    await fill(page, "Code", await app.nextCode());
    await press(page, "Continue");
    await seeAccount(page, account.username);

    await press(page, "Make new codes");
    await see(page, "Keep these codes where only you can find them.");
    const codes = await page.locator(".portico-codes li").allInnerTexts();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download" }).click(),
    ]);
    expect(codes).toHaveLength(10);
    expect(download.suggestedFilename()).toBe("recovery-codes.txt");
    await press(page, "Done");
    await see(page, "10 left");
    await press(page, "Sign out");
    await seeHeading(page, "You are signed out");

    await enterPassword(page, service.url, account);
    await press(page, "Use a recovery code");
    await fill(page, "Recovery code", "wrong-code");
    await press(page, "Continue");
    await page.locator("[name=code][aria-invalid=true]").waitFor();
    await press(page, "Cancel");
    await seeHeading(page, "Two-step verification");
    await press(page, "Use a recovery code");
    await fill(page, "Recovery code", codes[0] ?? "");
    await press(page, "Continue");

    await seeAccount(page, account.username);
    await see(page, "9 left");
    expect(faults).toEqual([]);
  });

  test("are not spoken of where there are none", async () => {
    const service = await startOnCognito();
    const account = await makeAccount(service);
    const app = await addFactors(service, account, ["totp"]);
    const { page, faults } = await openPage();

    await enterPassword(page, service.url, account);
    await seeHeading(page, "Two-step verification");
    expect(await page.getByText(/recovery/i).count()).toBe(0);
    await fill(page, "Code", await app.nextCode());
    await press(page, "Continue");
    await seeAccount(page, account.username);
    await page.getByRole("button", { name: "Turn off: Authenticator app" }).waitFor();

    expect(await page.getByText(/recovery/i).count()).toBe(0);
    expect(faults).toEqual([]);
  });
});
