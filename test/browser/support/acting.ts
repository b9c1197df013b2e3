import type { Page } from "playwright-core";

/** Fills in the field of a label. */
export async function fill(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(text);
}

/** Clicks a button, or a link that looks like one. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
}

/**
 * Follows a link to another screen, and waits until that is there: screens have fields of the same name, and what is filled in
 * before is filled in on the one that goes.
 */
export async function follow(page: Page, link: string, heading: string): Promise<void> {
  await page.getByRole("link", { name: link, exact: true }).click();
  await seeHeading(page, heading);
}

/** Waits until a heading is there. */
export async function seeHeading(page: Page, name: string): Promise<void> {
  await page.getByRole("heading", { name, exact: true }).waitFor();
}

/** Waits until a text is there. */
export async function see(page: Page, text: string | RegExp): Promise<void> {
  await page.getByText(text).first().waitFor();
}

/** Opens the page of a service, and signs in on it with a password, as far as that goes. */
export async function enterPassword(
  page: Page,
  url: string,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await fill(page, "E-mail address", username);
  await fill(page, "Password", password);
  await press(page, "Sign in");
}

/** Waits until somebody is signed in and sees their account. */
export async function seeAccount(page: Page, name: string): Promise<void> {
  await seeHeading(page, "Your account");
  await see(page, `You are signed in as ${name}.`);
}

/** Signs in on the page of a service with a password alone, and sees the account. */
export async function signIn(
  page: Page,
  url: string,
  account: { readonly username: string; readonly password: string },
): Promise<void> {
  await enterPassword(page, url, account);
  await seeAccount(page, account.username);
}

/** Changes what the page sends to begin a sign-in, as another page might. */
export async function beginBy(page: Page, change: (body: Record<string, unknown>) => object) {
  await page.route("**/v1/sign-in", (route) => {
    const body = change(route.request().postDataJSON());
    return route.continue({ postData: JSON.stringify(body) });
  });
}
