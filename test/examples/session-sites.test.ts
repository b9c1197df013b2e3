import { readFileSync } from "node:fs";
import { request as ask, createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { startSessions } from "../http/session/support.ts";
import { password, username } from "../http/support.ts";
import { createSite as createExpressSite } from "./session-express.ts";
import { createSite as createFetchSite } from "./session-fetch.ts";
import { createSite as createHonoSite } from "./session-hono.ts";

const secrets = "s".repeat(32);

/** Serves on a free port of this machine. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

/** Makes the address first, as the service is told the site's and the site the service's. */
async function serveLater(): Promise<{ url: string; put: (listener: RequestListener) => void }> {
  let there: RequestListener | undefined;
  const url = await serve((request, response) => there?.(request, response));
  return {
    url,
    put: (listener) => {
      there = listener;
    },
  };
}

interface Shown {
  readonly status: number;
  readonly body: string;
  readonly location: string | undefined;
}

/** A browser at a site: it sends what a page would, and keeps the cookies that it is given. */
function createBrowser(site: string) {
  const jar = new Map<string, string>();
  function send(method: string, path: string, body?: unknown): Promise<Shown> {
    const { hostname, port } = new URL(site);
    const headers = {
      Host: new URL(site).host,
      Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
      ...(path.startsWith("/v1/") && { Origin: site, "Portico-Session": "cookie" }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
    };
    return new Promise((resolve, reject) => {
      const sent = ask({ hostname, port, path, method, headers, family: 4 }, (response) => {
        for (const line of response.headers["set-cookie"] ?? []) {
          const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          if (line.includes("Max-Age=0")) jar.delete(name);
          else jar.set(name, value);
        }
        let text = "";
        response.setEncoding("utf8").on("data", (chunk) => {
          text += chunk;
        });
        const { statusCode: status = 0, headers } = response;
        response.on("end", () => resolve({ status, body: text, location: headers.location }));
      });
      sent.on("error", reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
  return { send, jar };
}

type Service = ReturnType<typeof startSessions>;

/** The sites, each with the service behind it as its framework has it. */
const sites: Readonly<
  Record<string, (page: string) => Promise<{ service: Service; url: string }>>
> = {
  async "a bare fetch handler"() {
    const { url, put } = await serveLater();
    const service = startSessions({ resource: { resource: url, authorizationServers: [] } });
    const serviceUrl = await serve(getRequestListener((request) => service.app.fetch(request)));
    const site = createFetchSite({ secrets, serviceUrl });
    put(getRequestListener((request) => site.fetch(request)));
    return { service, url };
  },
  async Hono() {
    const service = startSessions();
    const site = createHonoSite(secrets, service.app);
    const url = await serve(getRequestListener((request) => site.fetch(request)));
    return { service, url };
  },
  async Express() {
    const service = startSessions();
    const serviceUrl = await serve(getRequestListener((request) => service.app.fetch(request)));
    const options = { secrets, serviceUrl, clock: service.clock };
    return { service, url: await serve(createExpressSite(options, service.app)) };
  },
  async "Next.js"() {
    const { url, put } = await serveLater();
    const service = startSessions({ resource: { resource: url, authorizationServers: [] } });
    const serviceUrl = await serve(getRequestListener((request) => service.app.fetch(request)));
    vi.stubEnv("SESSION_SECRETS", secrets);
    vi.stubEnv("PORTICO_URL", serviceUrl);
    vi.stubEnv("RESOURCE_URL", url);
    vi.resetModules();
    const { GET } = await import("./session-next.ts");
    const forward = (request: Request) => {
      const { pathname } = new URL(request.url);
      return fetch(new Request(`${serviceUrl}${pathname}`, request));
    };
    put(
      getRequestListener((request) =>
        new URL(request.url).pathname.startsWith("/v1/") ? forward(request) : GET(request),
      ),
    );
    return { service, url };
  },
};

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe.each(Object.keys(sites))("the site on %s", (name) => {
  async function open() {
    const { service, url } = (await sites[name]?.("/")) ?? expect.fail("no such site");
    // The examples go by the system's clock.
    vi.spyOn(Date, "now").mockImplementation(() => service.clock.time);
    await service.signUp();
    const browser = createBrowser(url);
    return { service, browser };
  }

  test("sends whoever has no session to the sign-in", async () => {
    const { browser } = await open();

    expect(await browser.send("GET", "/")).toMatchObject({ status: 303, location: "/sign-in" });
  });

  test("knows its user, renews the session when it has to, and forgets it with the sign-out", async () => {
    const { service, browser } = await open();
    const signIn = await browser.send("POST", "/v1/sign-in", { username, password });
    expect(JSON.parse(signIn.body)).toMatchObject({ status: "session_started" });

    const first = await browser.send("GET", "/");
    expect([first.status, service.refreshes()]).toEqual([200, 0]);
    expect(JSON.parse(first.body)).toEqual({ hello: expect.stringMatching(/.+/) });

    service.clock.time += 3_600_000;
    expect(await browser.send("GET", "/")).toEqual(first);
    expect(await browser.send("GET", "/")).toEqual(first);
    expect(service.refreshes()).toBe(1);

    expect((await browser.send("POST", "/v1/sign-out")).status).toBe(204);
    expect((await browser.send("GET", "/")).status).toBe(303);
  });
});

describe("docs/server-rendered.md", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/server-rendered.md"), "utf8");

  test.each(["session-fetch", "session-hono", "session-express", "session-next"])(
    "shows %s.ts as it is",
    (name) => {
      const code = readFileSync(join(import.meta.dirname, `${name}.ts`), "utf8");
      const published = code
        .replaceAll('"../../src/index.ts"', '"portico"')
        .replaceAll(/"\.\.\/\.\.\/src\/(\w+)\.ts"/g, '"portico/$1"');

      expect(page).toContain(published);
    },
  );
});
