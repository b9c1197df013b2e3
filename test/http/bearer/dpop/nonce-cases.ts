import { expectEqual, expectPresent, expectThat } from "../../../../src/testing/expectations.ts";
import {
  type Answer,
  algorithms,
  createWorld,
  type DpopCase,
  dpopCase,
  expectRefused,
  expectTaken,
} from "./world.ts";

const secret = "a secret of the server's, 32 bytes";
const dpop = { nonces: { secret, lifeSeconds: 120 } };

/** Expects to be asked for a proof with a nonce, and gives that nonce. */
function expectAskedForNonce({ status, code, challenge, headers }: Answer): string {
  const expected = `DPoP realm="api", error="use_dpop_nonce", algs="${algorithms}"`;
  expectEqual("the answer", [status, code, challenge], [401, "invalid_token", expected]);
  return expectPresent("a nonce", headers.get("DPoP-Nonce") ?? undefined);
}

/** What is no nonce of the server's, made of one that is. */
const others: Readonly<Record<string, (nonce: string) => unknown>> = {
  "another text": () => "eyJ7S_zG.eyJH0-Z.HX4w-7v",
  "an empty one": () => "",
  "a number": () => 1,
  "a list of it": (nonce) => [nonce],
  "a later one with the same tag": (nonce) => nonce.replace(/^[^.]+/, (time) => later(time)),
  "one whose tag was changed": (nonce) =>
    nonce.replace(/\.(.)/, (_, first) => (first === "A" ? ".B" : ".A")),
  "one with zeros before it": (nonce) => `0${nonce}`,
};

export const nonceCases: readonly DpopCase[] = [
  dpopCase("9: asks for a proof with a nonce, and takes it then", async (protect) => {
    const { ask } = await createWorld(protect, { dpop });
    const nonce = expectAskedForNonce(await ask());
    expectThat(
      "a nonce is what RFC 9449 section 8.1 says",
      /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(nonce),
    );
    expectTaken(await ask({ claims: { nonce } }));
    expectTaken(await ask({ claims: { nonce } }), "another proof with it");
  }),
  ...Object.entries(others).map(([what, make]) =>
    dpopCase(`9: takes ${what} for no nonce`, async (protect) => {
      const { ask } = await createWorld(protect, { dpop });
      const nonce = expectAskedForNonce(await ask());
      expectAskedForNonce(await ask({ claims: { nonce: make(nonce) } }));
    }),
  ),
  dpopCase("9: takes a nonce for its life, and then asks for a new one", async (protect) => {
    const { ask, clock } = await createWorld(protect, { dpop });
    const nonce = expectAskedForNonce(await ask());
    clock.time += 119_000;
    expectTaken(await ask({ claims: { nonce } }));
    clock.time += 1000;
    const next = expectAskedForNonce(await ask({ claims: { nonce } }));
    expectThat("it is another one", next !== nonce);
    expectTaken(await ask({ claims: { nonce: next } }));
  }),
  dpopCase("9: takes another instance's nonce, if that has the secret", async (protect) => {
    const [one, other, stranger] = [
      await createWorld(protect, { dpop }),
      await createWorld(protect, { dpop }),
      await createWorld(protect, { dpop: { nonces: { secret: `${secret}!` } } }),
    ];
    const nonce = expectAskedForNonce(await one.ask());
    expectTaken(await other.ask({ claims: { nonce } }));
    expectAskedForNonce(await stranger.ask({ claims: { nonce } }));
  }),
  dpopCase("9: still goes by the time of the proof", async (protect) => {
    const { ask, clock } = await createWorld(protect, { dpop });
    const nonce = expectAskedForNonce(await ask());
    expectRefused(await ask({ claims: { nonce, iat: clock.time / 1000 - 61 } }));
  }),
  dpopCase(
    "8.2: gives a nonce with every 401 to a proof, and with no other answer",
    async (protect) => {
      const { ask, token } = await createWorld(protect, { dpop });
      const refused = await ask({ claims: { htm: "POST" } });
      expectRefused(refused);
      expectThat("it has a nonce", refused.headers.has("DPoP-Nonce"));
      const shown = await token({ cnf: undefined });
      const bearer = await ask({ token: shown, authorization: `Bearer ${shown}`, proofs: [] });
      expectThat("there is none for bearers", !bearer.headers.has("DPoP-Nonce"));
      const malformed = await ask({ authorization: "DPoP a b" });
      expectThat(
        "there is none where no proof was looked at",
        !malformed.headers.has("DPoP-Nonce"),
      );
    },
  ),
  dpopCase("9: spends no proof that lacks its nonce", async (protect) => {
    const { ask } = await createWorld(protect, { dpop });
    const nonce = expectAskedForNonce(await ask({ claims: { jti: "the same" } }));
    expectTaken(await ask({ claims: { jti: "the same", nonce } }));
  }),
  dpopCase("9: looks at no nonce where none is asked for", async (protect) => {
    const { ask } = await createWorld(protect);
    const answer = await ask({ claims: { nonce: "anything" } });
    expectTaken(answer);
    expectThat("none is given", !answer.headers.has("DPoP-Nonce"));
  }),
  dpopCase(
    "9: takes a nonce of a clock that is five seconds ahead, and no more",
    async (protect) => {
      const [one, other] = [
        await createWorld(protect, { dpop }),
        await createWorld(protect, { dpop }),
      ];
      one.clock.time += 5000;
      expectTaken(await other.ask({ claims: { nonce: expectAskedForNonce(await one.ask()) } }));
      one.clock.time += 1000;
      expectAskedForNonce(
        await other.ask({ claims: { nonce: expectAskedForNonce(await one.ask()) } }),
      );
    },
  ),
];

function later(time: string): string {
  return (Number.parseInt(time, 36) + 1).toString(36);
}
