import { describe, expect, test } from "vitest";
import { startService } from "../support.ts";

const names = ["sign-in", "sign-up", "recover", "account"];
const start = (pages = {}) => startService({ pages });

describe("the pages of the service", () => {
  test.each(names)("/%s is one element, with its script and style in files", async (name) => {
    const { app } = start();

    const response = await app.request(`/${name}`);
    const text = await response.text();

    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    expect(text).toContain(`<portico-${name}`);
    expect(text).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=|\sstyle=|https?:/);
    expect(text).not.toContain("data-outbox");
  });

  test.each(names)("/%s has a policy that allows nothing but what is its own", async (name) => {
    const { app } = start();

    const { headers } = await app.request(`/${name}`);

    expect(headers.get("Content-Security-Policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
    expect(headers.get("Cache-Control")).toBe("no-store");
  });

  test("name files that are there, and may be kept for a year", async () => {
    const { app } = start();
    const text = await (await app.request("/sign-in")).text();
    const files = [...text.matchAll(/"(assets\/[\w.-]+)"/g)].map(([, file = ""]) => file);

    const answers = await Promise.all(files.map((file) => app.request(`/${file}`)));

    expect(files.length).toBe(2);
    for (const { status, headers } of answers) {
      expect(status).toBe(200);
      expect(headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
      expect(headers.get("Content-Type")).toMatch(/^text\/(javascript|css); charset=utf-8$/);
    }
  });

  test.each(["nothing.js", "__proto__", "constructor", "..%2fpage.ts"])(
    "have no file %s",
    async (name) => {
      const { app } = start();

      const response = await app.request(`/assets/${name}`);

      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: "not_found" });
    },
  );

  test("are not there unless they are asked for", async () => {
    const { app } = startService();

    const all = await Promise.all(names.map((name) => app.request(`/${name}`)));

    expect(all.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  });

  test.each([
    ["de-AT,de;q=0.9,en;q=0.8", "de", "Anmelden"],
    ["fr-FR, DE;q=0.5", "de", "Anmelden"],
    ["fr", "en", "Sign in"],
    ["", "en", "Sign in"],
  ])("are in a language that the browser asks for: %j", async (languages, tag, title) => {
    const { app } = start();

    const response = await app.request("/sign-in", { headers: { "Accept-Language": languages } });
    const text = await response.text();

    expect(text).toContain(`<html lang="${tag}">`);
    expect(text).toContain(`<title>${title}</title>`);
  });

  test("point to the messages that are not sent only where they are told to", async () => {
    const { app } = start({ showsOutbox: true });

    expect(await (await app.request("/sign-in")).text()).toContain('data-outbox="dev/outbox"');
  });
});

describe("a page that is to take the browser back", () => {
  const returnOrigins = ["https://app.example.com"];
  const ask = (query: string) => start({ returnOrigins }).app.request(`/sign-in?${query}`);

  test("names the address, and so do the pages that it leads to", async () => {
    const address = "https://app.example.com/x?a=1&b=2";

    const text = await (await ask(new URLSearchParams({ return_to: address }).toString())).text();

    expect(text).toContain('return-to="https://app.example.com/x?a=1&#38;b=2"');
    expect(text).toContain(`sign-up-url="sign-up?return_to=${encodeURIComponent(address)}"`);
    expect(text).toContain('account-url="account"');
  });

  test("names nothing else, and says that the link is wrong", async () => {
    const response = await ask("return_to=https%3A%2F%2Fevil.example%2F%22%3E%3Cscript%3E");
    const text = await response.text();

    expect(response.status).toBe(400);
    expect(text).toContain("This link does not work");
    expect(text).not.toContain("evil");
    expect(text).not.toContain("<script");
  });

  test("is told one address", async () => {
    const response = await ask("return_to=%2Fa&return_to=%2Fb");

    expect(response.status).toBe(400);
  });

  test("takes its own origin from the settings, where they have one", async () => {
    const resource = { resource: "https://id.example.com", authorizationServers: [] };
    const { app } = startService({ pages: {}, resource });
    const status = async (address: string) => {
      const query = new URLSearchParams({ return_to: address });
      return (await app.request(`/sign-in?${query}`)).status;
    };

    expect(await status("https://id.example.com/account")).toBe(200);
    expect(await status("http://localhost/account")).toBe(400);
  });
});
