import { describe, expect, test } from "vitest";
import { createMailServiceCourier } from "../../../src/adapters/mail-service/index.ts";
import type { Mail } from "../../../src/ports/index.ts";

const mail: Mail = {
  id: "6f0c8d1e",
  to: "ada@example.com",
  subject: "A code",
  text: "471108",
  html: "<p>471108</p>",
  language: "en",
};
const url = "https://mail.example/send";
const from = "Ants <no-reply@ants.example>";

function start(answer: () => Promise<Response>, timeoutMs = 1000) {
  const asked: Request[] = [];
  const courier = createMailServiceCourier({
    url,
    token: "t0ken",
    from,
    timeoutMs,
    fetch: async (input, init) => {
      asked.push(new Request(input, init));
      return answer();
    },
  });
  return { courier, asked };
}

describe("a mail by a service over HTTP", () => {
  test("is posted as JSON, with its id as the key of the request", async () => {
    const { courier, asked } = start(async () => new Response(null, { status: 202 }));

    await courier.send(mail);

    const [request = expect.fail("nothing was asked")] = asked;
    expect(await request.json()).toEqual({ from, ...mail });
    expect([request.url, request.method, request.redirect]).toEqual([url, "POST", "manual"]);
    expect(request.headers.get("Idempotency-Key")).toBe(mail.id);
    expect(request.headers.get("Authorization")).toBe("Bearer t0ken");
    expect(request.headers.get("Content-Type")).toBe("application/json");
  });

  test.each([
    [400, "delivery_failed"],
    [401, "delivery_failed"],
    [422, "delivery_failed"],
    [302, "delivery_failed"],
    [408, "provider_unavailable"],
    [429, "provider_unavailable"],
    [500, "provider_unavailable"],
    [503, "provider_unavailable"],
  ])("that is answered with %i is %s", async (status, code) => {
    const { courier } = start(async () => new Response("471108", { status }));

    const error: unknown = await courier.send(mail).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code });
    expect(String(error)).not.toMatch(/471108|t0ken|ada@/);
  });

  test.each([
    ["cannot be reached", () => Promise.reject(new TypeError("fetch failed"))],
    ["hangs", () => new Promise<Response>(() => undefined)],
  ])("is provider_unavailable where the service %s", async (_name, answer) => {
    const { courier } = start(answer, 100);

    await expect(courier.send(mail)).rejects.toMatchObject({ code: "provider_unavailable" });
  });
});
