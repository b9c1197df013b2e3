import { expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { type TokenVerifierCase, verifierCase } from "../verifier-case.ts";
import { accessClaims, signers } from "../world.ts";
import { answerText, cooldownMs, createRemoteWorld, publish } from "./remote-world.ts";

/** The most that a key set may be, in bytes and in keys. */
const [maxBytes, maxKeys] = [65_536, 16];

/** The cases on how much of an answer is taken, and for how long: JW8. */
export const limitCases: readonly TokenVerifierCase[] = [
  verifierCase("JW8: takes a set of 64 KB and 16 keys", async (library) => {
    const { endpoint, verifier, signer } = await createRemoteWorld(library);
    endpoint.answer = answerText(await keySetOf({ bytes: maxBytes, keys: maxKeys }));

    await verifier.verify(await signer.sign(accessClaims()));
  }),

  ...[
    { what: "one byte more than 64 KB", bytes: maxBytes + 1, keys: 1 },
    { what: "one key more than 16", bytes: maxBytes, keys: maxKeys + 1 },
  ].map(({ what, ...size }) =>
    verifierCase(`JW8: refuses a set of ${what}`, async (library) => {
      const { endpoint, verifier, signer } = await createRemoteWorld(library);
      endpoint.answer = answerText(await keySetOf(size));

      await expectCode(verifier.verify(await signer.sign(accessClaims())), "keys_unavailable");
    }),
  ),

  verifierCase("JW8: reads no more of an answer than a key set can need", async (library) => {
    const body = countedBody();
    const { verifier, signer } = await createRemoteWorld(library, {
      answer: () => new Response(body.stream),
    });

    await expectCode(verifier.verify(await signer.sign(accessClaims())), "keys_unavailable");

    expectThat(`of ${body.sent()} bytes at most 128 KB were asked for`, body.sent() <= 131_072);
    expectThat("the rest was called off", body.isCalledOff());
  }),

  verifierCase("JW8: calls off an answer that drips, and takes the next one", async (library) => {
    const body = drippingBody();
    const world = await createRemoteWorld(library, {
      answer: () => new Response(body.stream),
      terms: { timeoutMs: 50 },
    });
    const token = await world.signer.sign(accessClaims());

    await expectCode(world.verifier.verify(token), "keys_unavailable");

    world.endpoint.answer = publish(world.signer.jwk);
    world.clock.time += cooldownMs;
    await world.verifier.verify(token);
    expectEqual("requests", world.endpoint.requests, 2);
    expectThat("the rest was called off", await body.isCalledOff());
  }),
];

/** Writes a key set of some size, with the good key as its last. */
async function keySetOf({
  bytes,
  keys,
}: {
  readonly bytes: number;
  readonly keys: number;
}): Promise<string> {
  const [{ jwk }] = await signers();
  const old = Array.from({ length: keys - 1 }, (_, index) => ({ ...jwk, kid: `old-${index}` }));
  const text = JSON.stringify({ keys: [...old, jwk], note: "" });
  return text.replace('""', `"${"x".repeat(bytes - text.length)}"`);
}

/** Sends a space now and then, for two seconds: as good as for ever, and yet no test hangs for it. */
function drippingBody() {
  const { promise: calledOff, resolve } = Promise.withResolvers<boolean>();
  let left = 400;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((passed) => setTimeout(passed, 5));
      controller.enqueue(Uint8Array.of(0x20));
      left -= 1;
      if (left > 0) return;
      controller.close();
      resolve(false);
    },
    cancel: () => resolve(true),
  });
  return { stream, isCalledOff: () => calledOff };
}

function countedBody() {
  let sent = 0;
  let isCalledOff = false;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 16_384;
      controller.enqueue(new Uint8Array(16_384).fill(0x20));
    },
    cancel() {
      isCalledOff = true;
    },
  });
  return { stream, sent: () => sent, isCalledOff: () => isCalledOff };
}
