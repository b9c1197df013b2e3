import { isIdentityError } from "../../domain/errors.ts";
import type { PromptTokenVerifier, TokenVerifier } from "../../ports/index.ts";
import { ContractFailure, expectEqual, expectThat } from "../expectations.ts";
import type { SingleIssuer, TokenVerifierLibrary, VerifierTerms } from "./library.ts";
import { encode } from "./signer.ts";
import { expectRefusal, type TokenVerifierCase, verifierCase } from "./verifier-case.ts";
import { accessClaims, clientId, clock, createWorld, issuer, keySetOf, signers } from "./world.ts";

/** Rubbish of every kind that a caller may hand in for a token. */
const rubbish: readonly unknown[] = [
  undefined,
  null,
  0,
  1n,
  true,
  {},
  [],
  ["a.b.c"],
  () => "a.b.c",
  Symbol("token"),
  new Date(0),
  "\ud800.\ud800.\ud800",
  "a.b.c",
  "AA.AA.AA",
  "e30.e30.AA",
  "bnVsbA.bnVsbA.AA",
  "\0".repeat(100),
  "%00.%00.%00",
  "....",
  "\u{1F600}".repeat(50),
];

/** The options that a verifier must not be made with, and what each would take. */
const dangers: readonly (readonly [
  string,
  Partial<Record<keyof SingleIssuer | keyof VerifierTerms, unknown>>,
])[] = [
  ["no issuer", { issuer: undefined }],
  ["an empty issuer", { issuer: "" }],
  ["a list for an issuer", { issuer: [issuer] }],
  ["no clients", { clientIds: undefined }],
  ["an empty list of clients", { clientIds: [] }],
  ["an empty client", { clientIds: [""] }],
  ["no client in a list", { clientIds: [undefined] }],
  ["one text for the clients", { clientIds: clientId }],
  ["an empty list of algorithms", { algorithms: [] }],
  ["the algorithm none", { algorithms: ["RS256", "none"] }],
  ["a shared secret's algorithm", { algorithms: ["HS256"] }],
  ["an unknown algorithm", { algorithms: ["RS257"] }],
  ["an algorithm of encryption", { algorithms: ["RSA-OAEP"] }],
  ["one text for the algorithms", { algorithms: "RS256" }],
  ["a negative tolerance", { clockToleranceSeconds: -1 }],
  ["a tolerance of more than a minute", { clockToleranceSeconds: 61 }],
  ["no number for a tolerance", { clockToleranceSeconds: Number.NaN }],
  ["an infinite tolerance", { clockToleranceSeconds: Number.POSITIVE_INFINITY }],
];

/** The cases on whom a verifier trusts, what it throws, and what it cannot be made to be: TV26 to TV28, TV30, TV31. */
export const trustCases: readonly TokenVerifierCase[] = [
  verifierCase("TV26: refuses whatever is no token, and throws nothing else", async (library) => {
    const { verifier } = await createWorld(library);
    const verify: (token: never) => Promise<unknown> = verifier.verify;

    for (const token of rubbish) await expectRefusal(verify(token as never));
  }),

  verifierCase("TV26: answers who takes a principal itself as anybody else", async (library) => {
    const { verifier, signer, attacker } = await createWorld(library);
    const good = await signer.sign(accessClaims());
    const principal = await verifier.verify(good);

    const verify = promptVerificationOf(verifier);

    for (let times = 0; times < 3; times += 1) {
      expectEqual("the principal", await verify(good), principal);
    }
    for (const token of [...rubbish, await attacker.sign(accessClaims())]) {
      const answer = verify(token as never);
      expectThat("a refusal is a promise", answer instanceof Promise);
      await expectRefusal(Promise.resolve(answer));
    }
  }),

  verifierCase(
    "TV26: repeats nothing of a token in an error, nor in its causes",
    async (library) => {
      const { verifier, signer } = await createWorld(library);
      const good = await signer.sign(accessClaims({ username: "hunter2" }));
      const tokens = [
        await signer.sign('{"secret":hunter2}'),
        await signer.sign(accessClaims({ token_use: "hunter2" })),
        await signer.sign(accessClaims(), { alg: "hunter2" }),
        await signer.sign(accessClaims(), { kid: "hunter2" }),
        good.replace(/\.[^.]*$/, `.${encode("hunter2")}`),
      ];

      for (const token of tokens) {
        for (
          let link: unknown = await expectRefusal(verifier.verify(token));
          link instanceof Error;
          link = link.cause
        )
          expectThat(
            "the error repeats nothing",
            !`${link.message}${link.stack}`.includes("hunter2"),
          );
      }
    },
  ),

  verifierCase("TV26: blames no token for keys that cannot be had", async (library) => {
    for (const failure of [new TypeError("down"), "down", undefined, { code: "ECONNRESET" }]) {
      const fail = async () => Promise.reject(failure);
      const { verifier, signer } = await createWorld(library, {
        keys: { current: fail, refresh: fail },
      });

      const error: unknown = await verifier
        .verify(await signer.sign(accessClaims()))
        .catch((caught) => caught);

      if (!isIdentityError(error, "keys_unavailable"))
        throw new ContractFailure(`it threw ${error}`);
    }
  }),

  verifierCase(
    "TV27: takes tokens of the old key and of the new one while both are published",
    async (library) => {
      const [old, other] = await signers();
      const keys = keySetOf(old.jwk, { ...other.jwk, kid: "access-2" });
      const { verifier } = await createWorld(library, { keys });

      await verifier.verify(await old.sign(accessClaims()));
      await verifier.verify(await other.sign(accessClaims(), { kid: "access-2" }));
      const crossed = await other.sign(accessClaims());

      await expectRefusal(verifier.verify(crossed), "bad_signature");
      expectEqual("refreshes", keys.counts.refresh, 0);
    },
  ),

  verifierCase(
    "TV28: takes no issuer's token by another issuer's key of the same id",
    async (library) => {
      const verifier = await twoIssuers(library);
      const [first, second] = await signers();
      const claims = (which: number) => accessClaims({ iss: `${issuer}${which}`, aud: "api" });
      const typ = "at+jwt";

      await verifier.verify(await first.sign(claims(1), { typ }));
      await verifier.verify(await second.sign(claims(2), { typ }));

      await expectRefusal(verifier.verify(await first.sign(claims(2), { typ })), "bad_signature");
      await expectRefusal(verifier.verify(await second.sign(claims(1), { typ })), "bad_signature");
      await expectRefusal(verifier.verify(await first.sign(claims(3), { typ })), "wrong_issuer");
    },
  ),

  ...dangers.map(([what, change]) =>
    verifierCase(`TV30: cannot be made with ${what}`, async (library) => {
      const [signer] = await signers();
      const options = { issuer, clientIds: [clientId], keys: keySetOf(signer.jwk), ...change };

      expectThrow(() => library.createJwtVerifier(options as SingleIssuer));
    }),
  ),

  verifierCase("TV30: cannot be made without an issuer, nor with one twice", async (library) => {
    const [signer] = await signers();
    const one = library.oauthIssuer({ issuer, keys: keySetOf(signer.jwk), audiences: ["api"] });

    expectThrow(() => library.createJwtVerifier({ issuers: [] }));
    expectThrow(() => library.createJwtVerifier({ issuers: [one, one] }));
    for (const audiences of [[], [""], undefined, "api"])
      expectThrow(() =>
        library.oauthIssuer({
          issuer,
          keys: keySetOf(signer.jwk),
          audiences: audiences as string[],
        }),
      );
  }),

  verifierCase(
    "TV31: takes a revoked token to its end, unless it is told of the revocation",
    async (library) => {
      const revoked = new Set<string | undefined>();
      const isRevoked = ({ tokenId }: { readonly tokenId?: string }) => revoked.has(tokenId);
      const unaware = await createWorld(library);
      const aware = await createWorld(library, { isRevoked });
      const token = await aware.signer.sign(accessClaims());
      await aware.verifier.verify(token);

      revoked.add("token-1");

      await expectRefusal(aware.verifier.verify(token), "revoked");
      await unaware.verifier.verify(token);
    },
  ),
];

/** The way in which a caller asks who takes a principal itself: that of `verify` where the verifier has no other. */
function promptVerificationOf(verifier: TokenVerifier | PromptTokenVerifier) {
  if (!("verifyPromptly" in verifier)) return verifier.verify;
  const { verify, verifyPromptly } = verifier;
  expectThat("the prompt verification answers for `verify`", verifyPromptly.insteadOf === verify);
  return verifyPromptly;
}

async function twoIssuers(library: TokenVerifierLibrary) {
  const pairs = await signers();
  const issuers = pairs.map((signer, index) =>
    library.oauthIssuer({
      issuer: `${issuer}${index + 1}`,
      keys: keySetOf(signer.jwk),
      audiences: ["api"],
    }),
  );
  return library.createJwtVerifier({ issuers, clock });
}

function expectThrow(make: () => unknown): void {
  try {
    make();
  } catch (error) {
    if (error instanceof TypeError) return;
    throw new ContractFailure(`expected a TypeError, but it threw ${error}`, { cause: error });
  }
  throw new ContractFailure("expected a TypeError, but it was made");
}
