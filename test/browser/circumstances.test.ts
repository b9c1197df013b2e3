import { expect, test } from "vitest";
import { addFactors, makeAccount, otherPassword, password } from "./support/accounts.ts";
import {
  enterPassword,
  fill,
  follow,
  press,
  see,
  seeAccount,
  seeHeading,
  signIn,
} from "./support/acting.ts";
import { describeInBrowser, openPage, watch } from "./support/chromium.ts";
import { startOnCognito, startOnMemory } from "./support/services.ts";

describeInBrowser("two tabs of one browser", () => {
  test("are signed in together, and signed out", async () => {
    const service = await startOnMemory();
    const account = await makeAccount(service);
    const { page: first, faults } = await openPage();
    const second = await first.context().newPage();
    const others = watch(second);
    await second.goto(`${service.url}/sign-in`);
    await seeHeading(second, "Sign in");

    await enterPassword(first, service.url, account);
    await seeAccount(first, account.username);
    await seeHeading(second, "You are signed in");
    await press(second, "Continue");
    await seeAccount(second, account.username);
    await press(second, "Sign out");

    await seeHeading(first, "You are signed out");
    expect([...faults, ...others]).toEqual([]);
  });
});

describeInBrowser("time that runs out", () => {
  test("of a challenge begins the sign-in anew, with the name as it was", async () => {
    const service = await startOnMemory({ challengeSeconds: 1 });
    const account = await makeAccount(service);
    const app = await addFactors(service, account, ["totp"]);
    const { page, faults } = await openPage();

    await enterPassword(page, service.url, account);
    await seeHeading(page, "Two-step verification");
    await page.waitForTimeout(1_200);
    await fill(page, "Code", await app.nextCode());
    await press(page, "Continue");

    await see(page, "That took too long. Please start again.");
    expect(await page.getByLabel("E-mail address").inputValue()).toBe(account.username);
    expect(faults).toEqual([]);
  });

  test("of an access token is not seen by anybody", async () => {
    let passed = 0;
    const clock = { now: () => Date.now() + passed };
    const service = await startOnMemory({ clock });
    const account = await makeAccount(service, { given_name: "Ada" });
    const { page, faults } = await openPage();
    await signIn(page, service.url, account);
    passed = 3_700_000;

    await page.locator(".portico-section--profile").getByRole("button", { name: "Edit" }).click();
    await fill(page, "First name", "Augusta");
    await press(page, "Save");

    await see(page, "Saved.");
    expect(faults).toEqual([]);
  });

  test("of a session that was ended elsewhere shows the way back in", async () => {
    const service = await startOnCognito();
    const account = await makeAccount(service);
    const { page, faults } = await openPage();
    await signIn(page, service.url, account);
    await page.context().clearCookies();

    await press(page, "Change password");
    await fill(page, "Current password", password);
    await fill(page, "New password", otherPassword);
    await press(page, "Change password");

    await seeHeading(page, "You are signed out");
    expect(await page.getByRole("link", { name: "Sign in" }).getAttribute("href")).toBe("sign-in");
    expect(faults).toEqual([]);
  });
});

describeInBrowser("a connection that is lost in the middle", () => {
  test("leaves what was typed, and is no matter once it is back", async () => {
    const service = await startOnMemory();
    const account = await makeAccount(service);
    const { page, faults } = await openPage();
    await page.goto(`${service.url}/sign-in`);
    await fill(page, "E-mail address", account.username);
    await fill(page, "Password", account.password);

    await page.context().setOffline(true);
    await press(page, "Sign in");
    await see(page, "You are offline.");
    expect(await page.locator("[name=password]").inputValue()).toBe(account.password);
    await page.context().setOffline(false);
    await press(page, "Sign in");

    await seeAccount(page, account.username);
    expect(faults).toEqual([]);
  });

  test("before anything was shown can be tried again", async () => {
    const service = await startOnMemory();
    const { page, faults } = await openPage();
    await page.route("**/v1/capabilities", (route) => route.abort());
    await page.goto(`${service.url}/sign-in`);

    await seeHeading(page, "This cannot be shown just now.");
    await page.unroute("**/v1/capabilities");
    await press(page, "Try again");

    await seeHeading(page, "Sign in");
    expect(faults).toEqual([]);
  });

  test("sends nothing twice, however often the button is pressed", async () => {
    const service = await startOnMemory();
    const account = await makeAccount(service);
    const { page, faults } = await openPage();
    let sent = 0;
    await page.route("**/v1/sign-in", async (route) => {
      sent += 1;
      await new Promise((resolve) => setTimeout(resolve, 400));
      await route.continue();
    });

    await enterPassword(page, service.url, account);
    const button = page.getByRole("button", { name: "Sign in", exact: true });
    await expect.poll(() => button.getAttribute("aria-busy")).toBe("true");
    await button.click({ force: true });
    await page.keyboard.press("Enter");

    await seeAccount(page, account.username);
    expect(sent).toBe(1);
    expect(faults).toEqual([]);
  });
});

describeInBrowser("a page that was asked to take the browser back", () => {
  test("does so after the sign-in, however many pages that took", async () => {
    const elsewhere = await startOnMemory({}, { pages: {} });
    const service = await startOnMemory({}, { pages: { returnOrigins: [elsewhere.url] } });
    const account = await makeAccount(service);
    const { page, faults } = await openPage();
    const address = `${elsewhere.url}/recover?from=here#there`;
    const query = new URLSearchParams({ return_to: address });
    await page.goto(`${service.url}/sign-up?${query}`);

    await follow(page, "Sign in", "Sign in");
    await fill(page, "E-mail address", account.username);
    await fill(page, "Password", account.password);
    await press(page, "Sign in");

    await page.waitForURL(address);
    expect(faults).toEqual([]);
  });

  test.each([
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "https://app.example.com@evil.example",
    "https://аpp.example.com",
  ])("goes nowhere else: %s", async (address) => {
    const service = await startOnMemory(
      {},
      { pages: { returnOrigins: ["https://app.example.com"] } },
    );
    const { page, faults } = await openPage();
    const query = new URLSearchParams({ return_to: address });

    const response = await page.goto(`${service.url}/sign-in?${query}`);

    expect(response?.status()).toBe(400);
    await seeHeading(page, "This link does not work");
    await follow(page, "Sign in", "Sign in");
    expect(page.url()).toBe(`${service.url}/sign-in`);
    expect(faults).toEqual([]);
  });
});

describeInBrowser("the messages that nobody is sent, in development", () => {
  test("are on the page, and fill the code in", async () => {
    const service = await startOnMemory({}, { pages: { showsOutbox: true } });
    const { page, faults } = await openPage();
    const username = "grace@example.com";
    await page.goto(`${service.url}/sign-up`);
    await fill(page, "E-mail address", username);
    await fill(page, "Password", password);
    await press(page, "Create account");

    await page
      .getByRole("complementary", { name: `Development: messages to ${username}` })
      .waitFor();
    await page.getByRole("button", { name: `Fill in ${service.code(username)}` }).click();
    await page.keyboard.press("Enter");

    await seeAccount(page, username);
    expect(faults).toEqual([]);
  });
});
