import { expectThat } from "../expectations.ts";
import { forgeries } from "./forgeries.ts";
import { encode } from "./signer.ts";
import { expectRefusal, type TokenVerifierCase, verifierCase } from "./verifier-case.ts";
import { accessClaims, createWorld } from "./world.ts";

/** Signatures that are not quite right: TV24, and what binds a token's parts. */
export const signatureCases: readonly TokenVerifierCase[] = [
  ...forgeries.map(({ what, forge }) =>
    verifierCase(`TV24: refuses a signature ${what}`, async (library) => {
      const { verifier, signer } = await createWorld(library);
      const input = `${encode({ alg: "RS256", kid: "access-1" })}.${encode(accessClaims())}`;
      await verifier.verify(await signer.sign(accessClaims()));

      const forged = await forge(signer, input);

      await expectRefusal(
        verifier.verify(`${input}.${encode(forged)}`),
        "bad_signature",
        "malformed",
      );
    }),
  ),

  verifierCase(
    "TV26: refuses a token with any one of its characters changed, and throws nothing else",
    async (library) => {
      const { verifier, signer } = await createWorld(library);
      const token = await signer.sign(accessClaims());

      for (let at = 0; at < token.length; at += 1)
        for (const other of [token[at] === "A" ? "B" : "A", ".", "\0", "\ud800"]) {
          const changed = token.slice(0, at) + other + token.slice(at + 1);
          if (changed !== token) await expectRefusal(verifier.verify(changed));
        }
    },
  ),

  verifierCase(
    "TV24: refuses another key's signature, whatever is at hand of the right one's",
    async (library) => {
      const { verifier, signer, attacker } = await createWorld(library);
      const good = await signer.sign(accessClaims());
      await verifier.verify(good);

      const forged = await attacker.sign(accessClaims());
      const [header, payload, signature] = good.split(".");
      const altered = [header, encode(accessClaims({ username: "eve" })), signature].join(".");
      const padded = [encode({ alg: "RS256", kid: "access-1", x: 1 }), payload, signature].join(
        ".",
      );

      for (const token of [forged, altered, padded])
        await expectRefusal(verifier.verify(token), "bad_signature");
    },
  ),

  verifierCase(
    "TV24: judges tokens that come at one time each by its own bytes",
    async (library) => {
      const { verifier, signer, attacker } = await createWorld(library);
      const names = Array.from({ length: 64 }, (_, index) => `user-${index}`);
      const tokens = await Promise.all(
        names.map((username, index) =>
          (index % 2 === 0 ? signer : attacker).sign(accessClaims({ username, jti: username })),
        ),
      );

      for (let round = 0; round < 2; round += 1) {
        const outcomes = await Promise.allSettled(tokens.map((token) => verifier.verify(token)));
        for (const [index, outcome] of outcomes.entries()) {
          const isTaken = outcome.status === "fulfilled";
          expectThat(
            `the token ${index} is ${isTaken ? "its signer's" : "refused"}`,
            isTaken === (index % 2 === 0),
          );
          if (isTaken) expectThat("it names its own user", outcome.value.tokenId === names[index]);
        }
      }
    },
  ),

  verifierCase("TV24: checks a token anew that ends like one that was good", async (library) => {
    const { verifier, signer } = await createWorld(library);
    const good = await signer.sign(accessClaims());
    await verifier.verify(good);
    const [, , signature] = good.split(".");
    const [header, payload] = (await signer.sign(accessClaims({ username: "eve" }))).split(".");

    await expectRefusal(verifier.verify(`${header}.${payload}.${signature}`), "bad_signature");
    await verifier.verify(good);
  }),
];
