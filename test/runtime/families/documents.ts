import { expect } from "vitest";
import { parse } from "yaml";
import { openApiYaml } from "../contract-check.ts";
import type { Family } from "../http-case.ts";

export const documents: Family = {
  name: "documents",
  cases: [
    {
      name: "says what it is, and where to read on",
      async run(probe) {
        const { status, body } = await probe.send("GET", "/");
        const { name, documentation } = JSON.parse(body);
        expect([status, name]).toEqual([200, "Portico"]);
        expect((await probe.send("GET", documentation)).status).toBe(200);
      },
    },
    {
      name: "is alive and ready",
      async run({ client }) {
        const live = await client.GET("/health/live");
        const ready = await client.GET("/health/ready");
        expect([live.response.status, ready.response.status]).toEqual([200, 200]);
      },
    },
    {
      name: "publishes the public keys that its tokens verify against, and no private part",
      async run({ client, bystander }) {
        const { data } = await client.GET("/.well-known/jwks.json");
        const { accessToken } = await bystander();
        const header = Buffer.from(accessToken.split(".")[0] ?? "", "base64url").toString();
        expect(data?.keys.map(({ kid }) => kid)).toContain(JSON.parse(header).kid);
        const secretMembers = ["d", "p", "q", "dp", "dq", "qi", "k"];
        for (const key of data?.keys ?? []) expect(key).not.toHaveProperty(secretMembers);
      },
    },
    {
      name: "serves the document that is checked in, as JSON and as YAML",
      async run(probe) {
        const json = await probe.send("GET", "/openapi.json");
        const yaml = await probe.send("GET", "/openapi.yaml");
        expect(json.headers.get("content-type")).toMatch(/^application\/json/);
        expect(JSON.parse(json.body)).toEqual(parse(openApiYaml));
        expect(yaml.body).toBe(openApiYaml);
      },
    },
    {
      name: "takes a request's id from its client only where it is a plain UUID",
      async run(probe) {
        const ask = async (id: string) => {
          const answer = await probe.send("GET", "/v1/session", {
            headers: { "x-request-id": id },
          });
          return answer.headers.get("x-request-id");
        };
        const id = crypto.randomUUID();
        expect(await ask(id)).toBe(id);
        for (const other of [`${id}x`, "1", '"}{"level":"error"', "<script>", "é"]) {
          expect(await ask(other), other).not.toBe(other);
        }
      },
    },
    {
      name: "serves a page to read and try the API that loads nothing from elsewhere",
      async run(probe) {
        const page = await probe.send("GET", "/docs");
        expect(page.status).toBe(200);
        expect(page.headers.get("content-type")).toMatch(/^text\/html/);
        const named = [...page.body.matchAll(/(?:src|href)="([^"#]+)"/g)];
        expect(named.length).toBeGreaterThan(0);
        for (const [, name = ""] of named) {
          const { origin, pathname } = new URL(name, `${probe.url}/docs`);
          expect(origin, name).toBe(probe.url);
          expect((await probe.send("GET", pathname)).status, name).toBe(200);
        }
      },
    },
  ],
};
