import { expectEqual, expectThat } from "../../../../src/testing/expectations.ts";
import { createClient, digest } from "./client.ts";
import {
  algorithms,
  createWorld,
  type DpopCase,
  dpopCase,
  expectTaken,
  refusedCase,
} from "./world.ts";

const asBearer = `Bearer realm="api", error="invalid_token", error_description="wrong_use", DPoP algs="${algorithms}"`;
const asDpop = (reason: string) =>
  `DPoP realm="api", error="invalid_token", error_description="${reason}", algs="${algorithms}"`;

/** Claims of tokens that are bound to no key, or to one in a way that nobody looks at. */
const otherBindings: Readonly<Record<string, (jkt: string) => unknown>> = {
  "no key": () => undefined,
  "a certificate": () => ({ "x5t#S256": "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2" }),
  "a certificate besides the key": (jkt) => ({ jkt, "x5t#S256": "bwcK0esc3ACC3DB2" }),
  "a key by its id": () => ({ kid: "key-1" }),
  "a key besides its thumbprint": (jkt) => ({ jkt, jwk: null }),
  "an encrypted key besides the key": (jkt) => ({ jkt, jwe: "" }),
  "an id of a key besides the key": (jkt) => ({ jkt, kid: "key-1" }),
  "an address of keys besides the key": (jkt) => ({ jkt, jku: "https://keys.example" }),
  "a context of OSCORE besides the key": (jkt) => ({ jkt, osc: {} }),
  "a thumbprint that is none": () => ({ jkt: "abc" }),
  "several keys": (jkt) => ({ jkt: [jkt] }),
  text: (jkt) => jkt,
  nothing: () => null,
  "a list": (jkt) => [{ jkt }],
};

export const bindingCases: readonly DpopCase[] = [
  dpopCase(
    "RS18: looks at no member of a binding that no specification gives a meaning",
    async (protect) => {
      const { ask, token, client } = await createWorld(protect);
      const cnf = { jkt: client.thumbprint, "kc-jkt-type": "DPoP" };
      expectTaken(await ask({ token: await token({ cnf }) }));
    },
  ),
  refusedCase("4.3(12): refuses a proof for another token", async () => ({
    claims: { ath: await digest("another token") },
  })),
  refusedCase("4.3(12): refuses a proof of another key, in order by itself", async () => ({
    client: await createClient(),
  })),
  dpopCase("RS17: refuses a token that is bound to a key as a bearer token", async (protect) => {
    const { ask, token } = await createWorld(protect);
    const shown = await token();
    for (const scheme of ["Bearer", "bearer"]) {
      const answer = await ask({ token: shown, authorization: `${scheme} ${shown}` });
      expectEqual("the answer", [answer.status, answer.code], [401, "invalid_token"]);
      expectEqual("the challenge", answer.challenge, asBearer);
    }
  }),
  dpopCase(
    "RS17: refuses it as a bearer token once it was seen with a proof, too",
    async (protect) => {
      const { ask, token } = await createWorld(protect);
      const shown = await token();
      expectTaken(await ask({ token: shown }));
      expectTaken(await ask({ token: shown }));
      const answer = await ask({ token: shown, authorization: `Bearer ${shown}` });
      expectEqual("the challenge", answer.challenge, asBearer);
      expectTaken(await ask({ token: shown }));
    },
  ),
  ...Object.entries(otherBindings).map(([what, make]) =>
    dpopCase(`RS18: takes no token with a proof that is bound to ${what}`, async (protect) => {
      const { ask, token, client } = await createWorld(protect);
      const shown = await token({ cnf: make(client.thumbprint) });
      const answer = await ask({ token: shown });
      expectEqual("the answer", [answer.status, answer.code], [401, "invalid_token"]);
      expectEqual("the challenge", answer.challenge, asDpop("wrong_use"));
    }),
  ),
  dpopCase("RS18: takes a bearer token as before, seen with a proof or not", async (protect) => {
    const { ask, token } = await createWorld(protect);
    const shown = await token({ cnf: undefined });
    const bearer = { token: shown, authorization: `Bearer ${shown}` };
    expectTaken(await ask({ ...bearer, proofs: [] }));
    expectEqual("the answer to it with a proof", (await ask({ token: shown })).status, 401);
    expectTaken(await ask(bearer));
  }),
  dpopCase("RS18: takes the scheme in any case", async (protect) => {
    const { ask, token } = await createWorld(protect);
    const shown = await token();
    for (const scheme of ["dpop", "DPOP", "DPoP "]) {
      expectTaken(await ask({ token: shown, authorization: `${scheme} ${shown}` }), scheme);
    }
  }),
  dpopCase(
    "RS18: says what is wrong with the token rather than with the proof",
    async (protect) => {
      const { ask, token, clock } = await createWorld(protect);
      const expired = await token({ exp: clock.time / 1000 - 30 });
      const answers = [
        await ask({ token: expired, proofs: [] }),
        await ask({ token: "gar.ba.ge" }),
      ];
      expectEqual(
        "the answers",
        answers.map(({ code, challenge }) => [code, challenge]),
        [
          ["token_expired", asDpop("expired")],
          ["invalid_token", asDpop("malformed")],
        ],
      );
    },
  ),
  dpopCase("RS18: refuses a header that is not one token", async (protect) => {
    const { ask, token } = await createWorld(protect);
    const shown = await token();
    const headers = ["DPoP", "DPoP a b", `DPoP ${shown}, DPoP ${shown}`, `DPoP ${shown}, Bearer x`];
    for (const authorization of headers) {
      const { status, code, challenge } = await ask({ token: shown, authorization });
      const expected = `DPoP realm="api", error="invalid_request", algs="${algorithms}"`;
      expectEqual(authorization, [status, code, challenge], [400, "malformed_request", expected]);
    }
  }),
  dpopCase("RS18: refuses a token that is in the query as well", async (protect) => {
    const { ask } = await createWorld(protect);
    const { status } = await ask({ url: "https://api.example.com/orders?access_token=abc" });
    expectEqual("the status", status, 400);
  }),
  dpopCase("RS18: names what it takes to whoever shows nothing", async (protect) => {
    const { ask } = await createWorld(protect);
    for (const authorization of ["Basic YWRhOnNlY3JldA==", "DPoPX abc"]) {
      const { status, challenge } = await ask({ authorization, proofs: [] });
      const expected = [401, `Bearer realm="api", DPoP algs="${algorithms}"`];
      expectEqual(authorization, [status, challenge], expected);
    }
  }),
  dpopCase(
    "RS18: asks for the scopes that are needed in the scheme that was used",
    async (protect) => {
      const { ask } = await createWorld(protect, { bearer: { scopes: ["orders/write"] } });
      const { status, challenge } = await ask();
      const expected = `DPoP realm="api", error="insufficient_scope", scope="orders/write", algs="${algorithms}"`;
      expectEqual("the answer", [status, challenge], [403, expected]);
    },
  ),
  dpopCase("RS18: knows of revocations", async (protect) => {
    const { ask } = await createWorld(protect, { verifier: { isRevoked: () => true } });
    const { code, challenge } = await ask();
    expectEqual("the answer", [code, challenge], ["token_revoked", asDpop("revoked")]);
  }),
  dpopCase("RS18: shows nothing of what it refuses", async (protect) => {
    const { ask, proof, token } = await createWorld(protect);
    const shown = await token();
    const sent = await proof({ token: "another" });
    const { text, headers } = await ask({ token: shown, proofs: [sent] });
    const answer = `${text}\n${[...headers].join("\n")}`;
    const parts = [...shown.split("."), ...sent.split(".")];
    expectThat("no part is repeated", !parts.some((part) => answer.includes(part)));
  }),
  dpopCase(
    "RS18: takes the scheme for any other where proofs are not asked for",
    async (protect) => {
      const { ask } = await createWorld(protect, { bearer: { dpop: undefined } as object });
      const { status, challenge } = await ask();
      expectEqual("the answer", [status, challenge], [401, 'Bearer realm="api"']);
    },
  ),
];
