import { guessableSecrets } from "./guessable-secrets.ts";
import { encode, importFor, signWith } from "./signer.ts";
import { expectRefusal, type TokenVerifierCase, verifierCase } from "./verifier-case.ts";
import { accessClaims, createWorld } from "./world.ts";

const header = { alg: "RS256", kid: "access-1" };

/** Algorithms that nobody asked for: TV1 to TV3 and TV24's last. */
export const algorithmCases: readonly TokenVerifierCase[] = [
  ...["none", "None", "NONE", "nOnE", "none ", ""].map((alg) =>
    verifierCase(`TV1: refuses the algorithm ${JSON.stringify(alg)}`, async (library) => {
      const { verifier, signer } = await createWorld(library);
      const [, payload, signature] = (await signer.sign(accessClaims())).split(".");
      const unsigned = `${encode({ ...header, alg })}.${payload}`;

      await expectRefusal(verifier.verify(`${unsigned}.`), "malformed");
      await expectRefusal(verifier.verify(`${unsigned}.${signature}`), "unsupported_algorithm");
      await expectRefusal(
        verifier.verify(`${unsigned}.${await hmac("secret", unsigned)}`),
        "unsupported_algorithm",
      );
    }),
  ),

  ...[
    { alg: "RS384", name: "RSASSA-PKCS1-v1_5", hash: "SHA-384" },
    { alg: "RS512", name: "RSASSA-PKCS1-v1_5", hash: "SHA-512" },
    { alg: "PS256", name: "RSA-PSS", hash: "SHA-256", saltLength: 32 },
    { alg: "PS512", name: "RSA-PSS", hash: "SHA-512", saltLength: 64 },
  ].map(({ alg, ...how }) =>
    verifierCase(
      `TV2: refuses ${alg}, which is not configured, by the right key`,
      async (library) => {
        const { verifier, signer } = await createWorld(library);
        const key = await importFor(signer, how);
        const claims = accessClaims();

        const honest = await signWith(how, key, { header: { ...header, alg }, claims });
        const lying = await signWith(how, key, { header, claims });

        await expectRefusal(verifier.verify(honest), "unsupported_algorithm");
        await expectRefusal(verifier.verify(lying), "bad_signature");
      },
    ),
  ),

  verifierCase(
    "TV2: refuses an algorithm that only a key without one would allow",
    async (library) => {
      const { signer } = await createWorld(library);
      const { alg: _alg, ...jwk } = signer.jwk;
      const keys = {
        current: async () => ({ keys: [jwk] }),
        refresh: async () => ({ keys: [jwk] }),
      };
      const { verifier } = await createWorld(library, { keys });
      const how = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-512" };
      const key = await importFor(signer, how);

      const claims = accessClaims();
      const token = await signWith(how, key, { header: { ...header, alg: "RS512" }, claims });

      await expectRefusal(verifier.verify(token), "unsupported_algorithm");
      await verifier.verify(await signer.sign(claims));
    },
  ),

  ...guessableSecrets.map(({ what, of }) =>
    verifierCase(`TV3: refuses what is signed with ${what} for a secret`, async (library) => {
      const { verifier, signer } = await createWorld(library);
      const secret = await of(signer);

      for (const bits of [256, 384, 512]) {
        const unsigned = `${encode({ ...header, alg: `HS${bits}` })}.${encode(accessClaims())}`;
        const token = `${unsigned}.${await hmac(secret, unsigned, `SHA-${bits}`)}`;
        await expectRefusal(verifier.verify(token), "unsupported_algorithm");
      }
    }),
  ),

  ...[
    ["RS256"],
    256,
    null,
    true,
    { name: "RS256" },
    "rs256",
    "RS256 ",
    "RSA",
    "ES256",
    "HS256,RS256",
  ].map((alg) =>
    verifierCase(`TV2: refuses the algorithm ${JSON.stringify(alg)}`, async (library) => {
      const { verifier, signer } = await createWorld(library);

      const token = await signer.sign(accessClaims(), { alg });

      await expectRefusal(verifier.verify(token), "unsupported_algorithm");
    }),
  ),
];

async function hmac(secret: string | Uint8Array<ArrayBuffer>, text: string, hash = "SHA-256") {
  const bytes = typeof secret === "string" ? new TextEncoder().encode(secret) : secret;
  const how = { name: "HMAC", hash };
  const key = await crypto.subtle.importKey("raw", bytes, how, false, ["sign"]);
  return encode(new Uint8Array(await crypto.subtle.sign(how, key, new TextEncoder().encode(text))));
}
