import { expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { type TokenVerifierCase, verifierCase } from "../verifier-case.ts";
import { accessClaims, signers } from "../world.ts";
import {
  answerText,
  cooldownMs,
  createRemoteWorld,
  hang,
  jwksUri,
  type KeyAnswer,
  publish,
} from "./remote-world.ts";

/** The answers that are no key set. */
const badAnswers: readonly (readonly [string, KeyAnswer])[] = [
  ["of HTML", answerText("<html><body>Down for maintenance</body></html>")],
  ["of an empty object", answerText("{}")],
  ["of no keys", publish()],
  ["of keys that are no list", answerText('{"keys":{}}')],
  ["of unusable keys alone", publish(null, { kty: "AKP" })],
  ["that is cut short", answerText('{"keys":[{"kty":"RSA","n":"')],
  ["of nothing", answerText("")],
  ["of no body", () => new Response(null)],
  ["of a list", answerText("[]")],
  ["of null", answerText("null")],
  ["of a key by itself", async () => Response.json((await signers())[0].jwk)],
  ["that is no UTF-8", () => new Response(new Uint8Array([0x7b, 0xff, 0x7d]))],
  ["with status 404", answerText("{}", 404)],
  ["with status 500", answerText("down", 500)],
  ["with status 429", answerText("slow down", 429)],
  ["with status 201", answerText('{"keys":[]}', 201)],
  ["of 2 MB", answerText(`{"keys":[],"note":"${"x".repeat(2_000_000)}"}`)],
  [
    "of 10,000 keys",
    publish(...Array.from({ length: 10_000 }, (_, index) => ({ kty: "RSA", kid: `${index}` }))),
  ],
  ["that breaks off", () => new Response(brokenBody())],
  ["that fails", () => Promise.reject(new TypeError("fetch failed"))],
  ["that redirects", () => new Response(null, { status: 302, headers: { location: jwksUri } })],
  ["that hangs", hang()],
  ["that hangs and does not notice", hang({ isDeaf: true })],
  ["that never ends", () => new Response(endlessBody())],
];

/** The cases on what an address may answer with, and what comes of it: JW7 and JW9. */
export const answerCases: readonly TokenVerifierCase[] = [
  ...badAnswers.map(([what, answer]) =>
    verifierCase(
      `JW7: refuses an answer ${what}, and keeps the last good keys`,
      async (library) => {
        const { endpoint, clock, verifier, signer, next } = await createRemoteWorld(library, {
          terms: { timeoutMs: 50 },
        });
        await verifier.verify(await signer.sign(accessClaims()));
        endpoint.answer = answer;
        clock.time += cooldownMs;

        await expectCode(verifier.verify(await next.sign(accessClaims())), "keys_unavailable");

        await verifier.verify(await signer.sign(accessClaims()));
        expectEqual("requests", endpoint.requests, 2);
      },
    ),
  ),

  ...badAnswers.map(([what, answer]) =>
    verifierCase(`JW7: says that the keys cannot be had, at an answer ${what}`, async (library) => {
      const { verifier, signer, endpoint } = await createRemoteWorld(library, {
        answer,
        terms: { timeoutMs: 50 },
      });

      const error = await expectCode(
        verifier.verify(await signer.sign(accessClaims())),
        "keys_unavailable",
      );

      expectThat("it says when to try again", (error.retryAfterSeconds ?? 0) >= 1);
      expectEqual("requests", endpoint.requests, 1);
    }),
  ),

  verifierCase(
    "JW9: asks for redirects not to be followed, and waits no longer than it says",
    async (library) => {
      const asked: RequestInit[] = [];
      const [signer] = await signers();
      const recording: typeof fetch = async (_input, init) => {
        asked.push(init ?? {});
        return Response.json({ keys: [signer.jwk] });
      };
      const { verifier } = await createRemoteWorld(library, { terms: { fetch: recording } });

      await verifier.verify(await signer.sign(accessClaims()));

      expectThat(
        "it follows none",
        asked[0]?.redirect === "manual" || asked[0]?.redirect === "error",
      );
      expectThat("it can be called off", asked[0]?.signal instanceof AbortSignal);
    },
  ),
];

function brokenBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"keys":['));
      controller.error(new Error("connection reset"));
    },
  });
}

function endlessBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"keys":['));
    },
  });
}
