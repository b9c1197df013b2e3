import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { docsScript, docsScriptFile } from "../../../scripts/docs-script.mjs";
import { script } from "../../../src/http/docs/script.ts";
import { SmallElement } from "../../support/small-document.ts";
import { document as api } from "../contract-check.ts";

const operations = Object.values(api.paths).flatMap((methods) => Object.values(methods));

/** A constructor that elements of a tag, or all, are instances of. */
const kind = (tag?: string) => ({
  [Symbol.hasInstance]: (value: unknown) =>
    value instanceof SmallElement && (tag === undefined || value.tag === tag),
});

function elementWithId(tag: string, id: string): SmallElement {
  const element = new SmallElement(tag);
  element.setAttribute("id", id);
  return element;
}

/** Runs the script of the page in a document, against a service that answers everything alike. */
async function openPage({ hash = "", answer = () => Response.json({}), isDown = false } = {}) {
  const [token, hint, contents, main] = [
    elementWithId("input", "token"),
    elementWithId("p", "token-hint"),
    elementWithId("nav", "contents"),
    elementWithId("main", "operations"),
  ];
  const body = new SmallElement("body");
  body.append(token, hint, contents, main);
  const sent: { readonly url: string; readonly init: RequestInit | undefined }[] = [];
  const find = (id: string) => body.all().find((element) => element.id === id);
  const browser = {
    document: {
      createElement: (tag: string) => new SmallElement(tag),
      getElementById: (id: string) => find(id) ?? null,
      querySelectorAll: (tag: string) => body.querySelectorAll(tag),
    },
    location: { href: `https://id.example/auth/docs?x=1${hash}`, hash },
    async fetch(url: string | URL, init?: RequestInit) {
      if (isDown) throw new TypeError("down");
      if (url === "openapi.json") return Response.json(api);
      sent.push({ url: String(url), init });
      return answer();
    },
    addEventListener: () => undefined,
    HTMLElement: kind(),
    HTMLInputElement: kind("input"),
    HTMLTextAreaElement: kind("textarea"),
    HTMLDetailsElement: kind("details"),
  };
  new Function(...Object.keys(browser), script)(...Object.values(browser));
  await expect.poll(() => main.children.length).toBeGreaterThan(0);

  /** Sends the form of an operation and gives what it then says. */
  async function send(operationId: string): Promise<string> {
    const form = find(operationId)?.querySelector("form");
    const [button] = form?.querySelectorAll("button") ?? [];
    form?.listeners.get("submit")?.({ preventDefault: () => undefined });
    await expect.poll(() => button?.disabled).toBe(false);
    return form?.children.at(-1)?.textContent ?? "";
  }
  const editorOf = (operationId: string) => JSON.parse(find(`${operationId}-body`)?.value ?? "");
  return { token, contents, main, find, send, sent, editorOf };
}

test("the script of the page is the one that its source makes: else run `npm run docs:script`", async () => {
  expect(readFileSync(docsScriptFile, "utf8")).toBe(await docsScript());
});

describe("the script of the documentation page", () => {
  test("shows every operation, with a link to it", async () => {
    const { main, contents } = await openPage();

    const ids = operations.map(({ operationId }) => operationId);
    const shown = main.querySelectorAll("details").map(({ id }) => id);
    const links = contents.querySelectorAll("a").map(({ attributes }) => attributes.get("href"));

    expect(shown.toSorted()).toEqual(ids.toSorted());
    expect(links.toSorted()).toEqual(ids.map((id) => `#${id}`).toSorted());
  });

  test("opens the operation that the address names", async () => {
    const { find } = await openPage({ hash: "#signIn" });

    const details = find("signIn");

    expect([details?.open, details?.isInView]).toEqual([true, true]);
    expect(details?.querySelector("summary")?.hasFocus).toBe(true);
  });

  test("sends what stands in the form, with the token where the operation takes one", async () => {
    const { token, find, send, sent } = await openPage();
    token.value = " a.b.c ";
    const name = find("adminGetUser-username");
    if (name) name.value = "ada/lovelace";

    await send("adminGetUser");
    await send("signIn");

    expect(sent).toEqual([
      {
        url: "https://id.example/auth/v1/admin/users/ada%2Flovelace",
        init: { method: "GET", headers: { Authorization: "Bearer a.b.c" } },
      },
      {
        url: "https://id.example/auth/v1/sign-in",
        init: {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: find("signIn-body")?.value,
        },
      },
    ]);
  });

  test("shows the answer as text, and takes the tokens for the next requests", async () => {
    const tokens = { access_token: "<b>a</b>", refresh_token: "r" };
    const { token, send, find, editorOf } = await openPage({
      answer: () => Response.json({ tokens }, { headers: { "X-Request-Id": "7" } }),
    });

    const said = await send("signIn");

    expect(said).toMatch(/^200, \d+ ms.*x-request-id7/);
    expect(said).toContain(JSON.stringify({ tokens }, null, 2));
    expect(find("signIn")?.querySelectorAll("b")).toEqual([]);
    expect(token.value).toBe(tokens.access_token);
    expect(editorOf("refreshTokens")).toEqual({ refresh_token: "r" });
  });

  test("prepares the answer to a challenge", async () => {
    const challenge = { type: "totp", session: "s" };
    const { send, editorOf } = await openPage({ answer: () => Response.json({ challenge }) });

    await send("signIn");

    expect(editorOf("answerChallenge")).toEqual({ ...challenge, code: expect.any(String) });
  });

  test("says so when the service gives no answer, to a request or at the start", async () => {
    const { send } = await openPage({ answer: () => Response.error() });
    const refused = await openPage({
      answer: () => {
        throw new TypeError("down");
      },
    });

    expect(await send("signIn")).toMatch(/^0, /);
    expect(await refused.send("signIn")).toBe("No answer: the service cannot be reached.");
    expect((await openPage({ isDown: true })).main.textContent).toMatch(/cannot be had/);
  });
});
