import { describe, expect, it, test } from "vitest";
import type { PasskeyVerifier } from "../../../src/adapters/memory/index.ts";
import type { WebAuthnPasskeyVerifierOptions } from "../../../src/adapters/webauthn/index.ts";
import { passkeyFlaws } from "../../../src/testing/identity-provider/steps/passkey-device.ts";
import type { CborValue } from "../../support/cbor.ts";
import type { SoftwareAuthenticator } from "../../support/software-authenticator.ts";
import { outcomeOf } from "../memory/support.ts";
import { newDevice, passkeyVerifier, site } from "./support.ts";

const challenge = "ES6wHZ9lQm6gWc8fQ9f6HkX2Y3Bq4uQmRkZ7yJ1n3aM";
const userId = "0f9c6f0e-5c5a-4c1d-9d2b-1f6f2a7c9b10";
const creation = {
  challenge,
  timeoutSeconds: 300,
  user: { id: userId, name: "ada" },
  existing: [],
};

async function register(verifier: PasskeyVerifier, device: SoftwareAuthenticator) {
  const credential = await device.create(await verifier.creationOptions(creation));
  return verifier.verifyRegistration({ credential, challenge });
}

/** A passkey that was registered, and what its device answers a request with. */
async function prepare(verifier = passkeyVerifier(), device = newDevice()) {
  const passkey = await register(verifier, device);
  const options = await verifier.requestOptions({ challenge, timeoutSeconds: 180 });
  return { verifier, device, passkey, options };
}

describe("the options", () => {
  it("ask for a passkey of the site that its user verifies, and exclude those there are", async () => {
    const options = await passkeyVerifier().creationOptions({ ...creation, existing: ["AQID"] });

    expect(options).toMatchObject({
      rp: { id: site.rpId, name: site.rpId },
      challenge,
      timeout: 300_000,
      attestation: "none",
      pubKeyCredParams: [
        { type: "public-key", alg: -7 },
        { type: "public-key", alg: -257 },
      ],
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      excludeCredentials: [{ type: "public-key", id: "AQID" }],
      user: { id: Buffer.from(userId).toString("base64url"), name: "ada" },
    });
  });

  it("ask for any passkey of the site to sign in with", async () => {
    const options = await passkeyVerifier().requestOptions({ challenge, timeoutSeconds: 180 });

    expect(JSON.parse(JSON.stringify(options))).toEqual({
      rpId: site.rpId,
      challenge,
      timeout: 180_000,
      userVerification: "required",
    });
  });
});

describe("a registration", () => {
  it("gives the credential's record", async () => {
    const device = newDevice();

    const record = await register(passkeyVerifier(), device);

    expect(record).toMatchObject({ id: device.ids[0], signCount: 1 });
    expect(record.publicKey.buffer.byteLength).toBe(record.publicKey.length);
  });

  test.each(passkeyFlaws.slice(0, 4))("is rejected with %s", async (flaw) => {
    const verifier = passkeyVerifier();
    const credential = await newDevice().create(await verifier.creationOptions(creation), flaw);

    const outcome = await outcomeOf(verifier.verifyRegistration({ credential, challenge }));

    expect(outcome).toBe("passkey_rejected");
  });

  test.each([
    ["from a page of the domain that is not among the origins", { origin: "https://example.com" }],
    ["without user verification", { verifiesUser: false }],
    ["from a frame of another site's page", { isFramed: true }],
    [
      "with a statement in the format none",
      { attestation: { format: "none", statement: new Map([["x", 1]]) } },
    ],
    ["with a signature by itself that does not hold", { attestation: attestedBy(["alg", -7]) }],
  ])("is rejected %s", async (_, flawed) => {
    const verifier = passkeyVerifier();

    expect(await outcomeOf(register(verifier, newDevice(flawed)))).toBe("passkey_rejected");
  });

  it("is rejected with an attestation by certificate, before that is looked into", async () => {
    const verifier = passkeyVerifier();
    const attestation = attestedBy(["x5c", [new Uint8Array(8)]]);

    const registration = register(verifier, newDevice({ attestation }));

    // What the library throws of certificates is no TypeError.
    await expect(registration).rejects.toMatchObject({
      code: "passkey_rejected",
      cause: expect.any(TypeError),
    });
  });

  it("is taken without user verification where that is only preferred", async () => {
    const verifier = passkeyVerifier({ userVerification: "preferred" });

    const record = await register(verifier, newDevice({ verifiesUser: false }));

    expect(record.signCount).toBe(1);
  });

  test.each([
    ["nothing", {}],
    ["members of other types", { id: 1, rawId: 1, type: "public-key", response: [] }],
    ["texts that are not encoded", malformed({ clientDataJSON: "%", attestationObject: "%" })],
    ["an object that is no CBOR", malformed({ clientDataJSON: "e30", attestationObject: "____" })],
  ])("is rejected for %s", async (_, credential) => {
    const verifier = passkeyVerifier();

    const outcome = await outcomeOf(verifier.verifyRegistration({ credential, challenge }));

    expect(outcome).toBe("passkey_rejected");
  });
});

describe("a sign-in", () => {
  it("gives the next counter", async () => {
    const { verifier, device, passkey, options } = await prepare();
    const credential = await device.get(options);

    const next = await verifier.verifyAuthentication({ credential, challenge, passkey, userId });

    expect(next).toEqual({ signCount: 2 });
  });

  it("takes any number of signatures of an authenticator that does not count", async () => {
    const { verifier, device, passkey, options } = await prepare(
      passkeyVerifier(),
      newDevice({ counts: false }),
    );
    const credential = await device.get(options);

    const next = await verifier.verifyAuthentication({ credential, challenge, passkey, userId });

    expect(next).toEqual({ signCount: 0 });
  });

  test.each(passkeyFlaws)("is rejected with %s", async (flaw) => {
    const { verifier, device, passkey, options } = await prepare();
    const credential = await device.get(options, flaw);

    const outcome = await outcomeOf(
      verifier.verifyAuthentication({ credential, challenge, passkey, userId }),
    );

    expect(outcome).toBe("passkey_rejected");
  });

  it("is rejected with another passkey's id, key or user", async () => {
    const { verifier, device, passkey, options } = await prepare();
    const other = await register(verifier, newDevice());
    const credential = await device.get(options);
    const verify = (expected: Partial<Parameters<PasskeyVerifier["verifyAuthentication"]>[0]>) =>
      outcomeOf(
        verifier.verifyAuthentication({ credential, challenge, passkey, userId, ...expected }),
      );

    const outcomes = [
      await verify({ passkey: { ...passkey, id: other.id } }),
      await verify({ passkey: { ...passkey, publicKey: other.publicKey } }),
      await verify({ userId: "someone else" }),
    ];

    expect(outcomes).toEqual(["passkey_rejected", "passkey_rejected", "passkey_rejected"]);
  });
});

test.each<[string, Partial<WebAuthnPasskeyVerifierOptions>]>([
  ["an RP id with a scheme", { rpId: "https://example.com" }],
  ["an RP id with a port", { rpId: "example.com:8443" }],
  ["no origins", { origins: [] }],
  ["an origin with a path", { origins: ["https://example.com/"] }],
  ["two factors without user verification", { userVerification: "preferred", isMultiFactor: true }],
])("a verifier is not made with %s", async (_, options) => {
  expect(await outcomeOf((async () => passkeyVerifier(options))())).toBe("provider_misconfigured");
});

function attestedBy(member: readonly [string, CborValue]) {
  const statement = new Map<string, CborValue>([["sig", new Uint8Array(8)], member]);
  return { format: "packed", statement };
}

function malformed(response: object) {
  return { id: "AQID", rawId: "AQID", type: "public-key", response };
}
