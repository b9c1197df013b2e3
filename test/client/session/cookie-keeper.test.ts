import { afterEach, describe, expect, test, vi } from "vitest";
import { isOtherSite } from "../../../src/client/session/cookie-keeper.ts";
import { createClient, type Fetch } from "../../../src/client.ts";
import { password, username } from "../../http/support.ts";
import {
  type Browser,
  changesOf,
  problem,
  rejection,
  signIn,
  startWithUser,
  url,
} from "../support.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("a session in cookies", () => {
  test("is kept beyond the browser where the sign-in or the client says so", async () => {
    const { browser } = await startWithUser();
    const { open, sent } = browser();
    const kept = () => sent.find(({ route }) => route === "POST /v1/sign-in")?.headers;

    await signIn(open());
    const asked = [kept()?.get("Portico-Session")];
    sent.length = 0;
    await signIn(open({ keepSignedIn: true }));
    asked.push(kept()?.get("Portico-Session"));
    sent.length = 0;
    await open({ keepSignedIn: true }).signIn({ username, password, keepSignedIn: false });
    asked.push(kept()?.get("Portico-Session"));

    expect(asked).toEqual(["cookie", "cookie;keep", "cookie"]);
    expect(sent[0]?.body).not.toContain("keep");
  });

  test("shows no token to the page", async () => {
    const { browser } = await startWithUser();
    const { open, fetch } = browser();
    const answers: string[] = [];
    const auth = open({
      fetch: async (...args) => {
        const answer = await fetch(...args);
        answers.push(await answer.clone().text());
        return answer;
      },
    });

    await signIn(auth);

    expect(answers.join()).toContain("session_started");
    expect(answers.join()).not.toMatch(/token/);
  });

  test("that the browser did not keep is an error of its own", async () => {
    const { browser } = await startWithUser();
    const { open, jar } = browser();
    const auth = open({ fetch: blockingCookies(browser()) });
    const changes = changesOf(auth);

    const error = await rejection(auth.signIn({ username, password }));

    expect(error).toMatchObject({ code: "cookies_blocked" });
    expect([changes, jar.size]).toEqual([[], 0]);
  });

  test("has begun even where it cannot be asked for at once", async () => {
    const { browser } = await startWithUser();
    const { open, intercept } = browser();
    const auth = open();
    const restore = intercept("GET /v1/session", () => problem(503, "keys_unavailable"));

    await signIn(auth);
    restore();

    expect(await auth.session()).toBeDefined();
  });

  test("goes on where the sign-out does not reach the service, as only that can end it", async () => {
    const { browser } = await startWithUser();
    const { open, intercept } = browser();
    const auth = open();
    await signIn(auth);
    const changes = changesOf(auth);
    const restore = intercept("POST /v1/sign-out", () => Promise.reject(new TypeError("offline")));

    const error = await rejection(auth.signOut());
    restore();

    expect(error).toMatchObject({ code: "network_error" });
    expect(changes).toEqual([]);
    expect(await auth.session()).toBeDefined();
  });

  test("is seen in all tabs, as is its end", async () => {
    const { browser } = await startWithUser();
    const { open } = browser();
    const tabs = `tabs ${crypto.randomUUID()}`;
    const [one, other] = [open({ tabs }), open({ tabs })];
    const changes = changesOf(other);

    await signIn(one);
    await vi.waitFor(() => expect(changes).toEqual(["signed_in"]));
    const during = await other.session();
    await one.signOut();
    await vi.waitFor(() => expect(changes).toEqual(["signed_in", "signed_out"]));

    expect(during).toBeDefined();
    expect(await other.session()).toBeUndefined();
  });

  test("is what a page has where nothing is said, with the service at its own origin", async () => {
    vi.stubGlobal("location", new URL(`${url}/pages/home?q=1`));
    const { browser } = await startWithUser();
    const { fetch, jar } = browser();
    const auth = createClient({ fetch });

    await signIn(auth);
    auth.close();

    expect([...jar.keys()]).toEqual(["portico", "portico-access"]);
  });

  test("is not begun from a page of another site", async () => {
    vi.stubGlobal("location", new URL("https://app.example.org/"));
    const { browser } = await startWithUser();
    const { fetch, routes } = browser();
    const auth = createClient({ url: "https://id.example.com", fetch });

    const errors = [
      await rejection(auth.signIn({ username, password })),
      await rejection(auth.session()),
      await rejection(auth.signOut()),
    ];
    auth.close();

    expect(errors.map((error) => (error as { code: string }).code)).toEqual(
      Array(3).fill("not_same_site"),
    );
    expect(String(errors[0])).toContain("https://id.example.com");
    expect(routes()).toEqual([]);
  });
});

describe.each([
  ["https://id.example.com", "https://app.example.com/home", false],
  ["https://example.com/auth", "https://example.com/", false],
  ["http://localhost:8080", "http://localhost:5173/", false],
  ["http://127.0.0.1:8080", "http://127.0.0.1:5173/", false],
  ["http://[::1]:8080", "http://[::1]:5173/", false],
  ["https://id.example.com", "http://app.example.com/", true],
  ["https://id.example.com", "https://app.example.org/", true],
  ["http://127.0.0.1:8080", "http://localhost:8080/", true],
  ["http://10.0.0.1:8080", "http://11.0.0.1:8080/", true],
  ["https://id.example.com", "https://preview.vercel.app/", true],
  ["https://id.example.com", "file:///home/ada/page.html", false],
])("a service at %s and a page at %s", (service, page, isOther) => {
  test(isOther ? "are of two sites" : "may be of one site", () => {
    expect(isOtherSite(service, page)).toBe(isOther);
  });
});

/** Has a browser keep no cookies, as its user wants. */
function blockingCookies({ fetch, jar }: Browser): Fetch {
  return (...args) => {
    jar.clear();
    return fetch(...args);
  };
}
