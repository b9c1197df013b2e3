import { expectEqual } from "../../../../src/testing/expectations.ts";
import { encode } from "../../../../src/testing/token-verifier/signer.ts";
import { createClient, createWeakClient, digest, proofAlgorithms } from "./client.ts";
import {
  createWorld,
  type DpopCase,
  dpopCase,
  expectRefused,
  expectTaken,
  refusedCase,
} from "./world.ts";

/** What is no proof, made of one that is. */
const malformed: Readonly<Record<string, (proof: string) => string>> = {
  rubbish: () => "rubbish",
  "three empty segments": () => "..",
  "a proof without its signature": (proof) => proof.replace(/[^.]*$/, ""),
  "two segments": (proof) => proof.replace(/\.[^.]*$/, ""),
  "a fourth segment": (proof) => `${proof}.`,
  padding: (proof) => `${proof}==`,
  "base64 for base64url": (proof) => proof.replace(/.$/, "+"),
  "quotes around it": (proof) => `"${proof}"`,
  "a scheme before it": (proof) => `DPoP ${proof}`,
  "two proofs with a comma between": (proof) => `${proof}, ${proof}`,
  "a header that is no JSON": (proof) => proof.replace(/^[^.]*/, encode("{typ")),
  "a header that is a list": (proof) => proof.replace(/^[^.]*/, encode([])),
  "claims that are no JSON": (proof) => proof.replace(/\.[^.]*\./, `.${encode("null")}.`),
};

const requiredClaims = ["jti", "htm", "htu", "iat", "ath"];
const requiredMembers = ["typ", "alg", "jwk"];

/** Claims of the wrong type or value, whatever the request is. */
const wrongClaims: readonly (readonly [string, unknown])[] = [
  ["jti", ""],
  ["jti", 1],
  ["jti", "x".repeat(256)],
  ["jti", "a\nb"],
  ["htm", "POST"],
  ["htm", "get"],
  ["htm", "GET "],
  ["htm", ["GET"]],
  ["htm", null],
  ["ath", ""],
  ["ath", null],
  ["iat", "1800000000"],
  ["iat", 1_800_000_000_000],
  ["iat", -1],
  ["iat", null],
  ["exp", 1_800_000_000],
  ["exp", "never"],
  ["nbf", 1_800_000_006],
];

/** Headers that ask for something else than a proof is. */
const wrongHeaders: readonly (readonly [string, unknown])[] = [
  ["typ", "JWT"],
  ["typ", "at+jwt"],
  ["typ", "dpop"],
  ["typ", "text/dpop+jwt"],
  ["typ", ["dpop+jwt"]],
  ["alg", "none"],
  ["alg", "HS256"],
  ["alg", "ES512"],
  ["alg", "es256"],
  ["alg", "RS256"],
  ["alg", 1],
  ["crit", ["exp"]],
  ["b64", false],
  ["zip", "DEF"],
  ["jwk", "key"],
  ["jwk", null],
  ["jwk", []],
  ["jwk", {}],
  ["jwk", { kty: "oct", k: "c2VjcmV0" }],
];

/** What the key in a header must not have, though the key is the token's. */
const wrongKeyMembers: readonly (readonly [string, unknown])[] = [
  ["use", "enc"],
  ["key_ops", ["sign"]],
  ["alg", "ES384"],
  ["alg", "HS256"],
  ["k", "c2VjcmV0"],
];

export const proofCases: readonly DpopCase[] = [
  ...["dpop+jwt", "DPoP+JWT", "application/dpop+jwt", "Application/DPoP+JWT"].map((typ) =>
    dpopCase(`4.3(4): takes a proof of type ${typ}`, async (protect) => {
      const { ask } = await createWorld(protect);
      expectTaken(await ask({ header: { typ } }));
    }),
  ),
  ...proofAlgorithms.map((algorithm) =>
    dpopCase(`4.3(5): takes a proof that is signed with ${algorithm}`, async (protect) => {
      const { ask } = await createWorld(protect, { client: await createClient(algorithm) });
      expectTaken(await ask());
    }),
  ),
  refusedCase("4.3(1): refuses two DPoP headers", async ({ proof, token }) => {
    const shown = await token();
    return { token: shown, proofs: [await proof({ token: shown }), await proof({ token: shown })] };
  }),
  refusedCase("4.3(1): refuses two DPoP headers that are the same", async ({ proof, token }) => {
    const shown = await token();
    const one = await proof({ token: shown });
    return { token: shown, proofs: [one, one] };
  }),
  refusedCase("4.3(1): refuses a second DPoP header that is empty", async ({ proof, token }) => {
    const shown = await token();
    return { token: shown, proofs: [await proof({ token: shown }), ""] };
  }),
  refusedCase("4.3(1): refuses a request without a DPoP header", () => ({ proofs: [] })),
  refusedCase("4.3(1): refuses an empty DPoP header", () => ({ proofs: [""] })),
  ...Object.entries(malformed).map(([what, make]) =>
    refusedCase(`4.3(2): refuses ${what}`, async ({ proof, token }) => {
      const shown = await token();
      return { token: shown, proofs: [make(await proof({ token: shown }))] };
    }),
  ),
  refusedCase("4.3(2): refuses more characters than any proof needs", () => ({
    claims: { padding: "x".repeat(8000) },
  })),
  refusedCase("4.3(2): refuses a claim that is there twice", async ({ client, token }) => {
    const shown = await token();
    const header = { typ: "dpop+jwt", alg: "ES256", jwk: client.jwk };
    const claims = { jti: "a", htu: "https://api.example.com/orders", iat: 1_800_000_000 };
    const text = JSON.stringify({ ...claims, ath: await digest(shown) });
    const twice = text.replace("{", '{"htm":"GET","htm":"GET",');
    return { token: shown, proofs: [await client.sign(header, twice)] };
  }),
  ...requiredClaims.map((name) =>
    refusedCase(`4.3(3): refuses a proof without ${name}`, () => ({
      claims: { [name]: undefined },
    })),
  ),
  ...requiredMembers.map((name) =>
    refusedCase(`4.3(3): refuses a proof whose header has no ${name}`, () => ({
      header: { [name]: undefined },
    })),
  ),
  ...wrongClaims.map(([name, value]) =>
    refusedCase(`4.3(3): refuses a proof whose ${name} is ${told(value)}`, () => ({
      claims: { [name]: value },
    })),
  ),
  ...wrongHeaders.map(([name, value]) =>
    refusedCase(`4.3(4, 5): refuses a proof whose header has ${told(value)} for ${name}`, () => ({
      header: { [name]: value },
    })),
  ),
  dpopCase("4.3(5): goes by the algorithms of the configuration", async (protect) => {
    const dpop = { algorithms: ["RS256"] };
    const { ask } = await createWorld(protect, { dpop });
    const { status, challenge } = await ask();
    const expected = 'DPoP realm="api", error="invalid_dpop_proof", algs="RS256"';
    expectEqual("the answer", [status, challenge], [401, expected]);
  }),
  refusedCase(
    "4.3(5): refuses a MAC with the public key for its secret",
    async ({ client, token }) => {
      const shown = await token();
      return { token: shown, proofs: [await macOf(client.jwk, await digest(shown))] };
    },
  ),
  refusedCase("4.3(6): refuses another key's signature", async ({ client }) => ({
    client: { ...(await createClient()), jwk: client.jwk },
  })),
  refusedCase("4.3(6): refuses claims that were changed", async ({ proof, token }) => {
    const shown = await token();
    const [header, , signature] = (await proof({ token: shown })).split(".");
    const [, claims] = (await proof({ token: shown })).split(".");
    return { token: shown, proofs: [`${header}.${claims}.${signature}`] };
  }),
  refusedCase("4.3(7): refuses a private key", ({ client }) => ({
    header: { jwk: { ...client.jwk, d: client.privateJwk.d } },
  })),
  dpopCase("4.3(7): refuses a private RSA key", async (protect) => {
    const client = await createClient("RS256");
    const { ask } = await createWorld(protect, { client });
    const { ext: _ext, key_ops: _operations, ...jwk } = client.privateJwk;
    expectRefused(await ask({ header: { jwk } }));
    expectTaken(await ask());
  }),
  dpopCase("4.3(6): refuses an RSA key of 1024 bits", async (protect) => {
    const { ask } = await createWorld(protect, { client: await createWeakClient() });
    expectRefused(await ask());
  }),
  ...wrongKeyMembers.map(([name, value]) =>
    refusedCase(`4.3(6): refuses a key with ${told(value)} for ${name}`, ({ client }) => ({
      header: { jwk: { ...client.jwk, [name]: value } },
    })),
  ),
  dpopCase("4.3(8): takes the method that the request has", async (protect) => {
    const { ask } = await createWorld(protect);
    for (const method of ["GET", "POST", "DELETE", "OPTIONS", "PATCH"]) {
      expectTaken(await ask({ method }), method);
    }
  }),
  dpopCase("4.3(8): refuses a GET's proof for a HEAD", async (protect) => {
    const { ask } = await createWorld(protect);
    const answers = [
      await ask({ method: "HEAD", claims: { htm: "GET" } }),
      await ask({ method: "HEAD" }),
    ];
    expectEqual(
      "the statuses",
      answers.map(({ status }) => status),
      [401, 200],
    );
  }),
  ...[
    [-60, true],
    [-61, false],
    [5, true],
    [6, false],
    [0.5, true],
  ].map(([seconds, isTaken]) =>
    dpopCase(
      `4.3(11): ${isTaken ? "takes" : "refuses"} a proof of ${seconds} seconds from now`,
      async (protect) => {
        const { ask, clock } = await createWorld(protect);
        const answer = await ask({ claims: { iat: clock.time / 1000 + Number(seconds) } });
        (isTaken ? expectTaken : expectRefused)(answer);
      },
    ),
  ),
  dpopCase("4.3(11): goes by the times of the configuration", async (protect) => {
    const dpop = { maxAgeSeconds: 10, clockToleranceSeconds: 0 };
    const { ask, clock } = await createWorld(protect, { dpop });
    const now = clock.time / 1000;
    expectTaken(await ask({ claims: { iat: now - 10, exp: now + 1, nbf: now } }));
    expectRefused(await ask({ claims: { iat: now - 11 } }));
    expectRefused(await ask({ claims: { iat: now + 1 } }));
  }),
];

function told(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 20)}… of ${text.length} characters` : text;
}

async function macOf(jwk: unknown, ath: string): Promise<string> {
  const header = { typ: "dpop+jwt", alg: "HS256", jwk };
  const claims = {
    jti: "a",
    htm: "GET",
    htu: "https://api.example.com/orders",
    iat: 1_800_000_000,
  };
  const input = `${encode(header)}.${encode({ ...claims, ath })}`;
  const bytes = new TextEncoder().encode(JSON.stringify(jwk));
  const how = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes, how, false, ["sign"]);
  const tag = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(input));
  return `${input}.${encode(new Uint8Array(tag))}`;
}
