import * as z from "zod/mini";
import { onFirstUse, schemas, text } from "./registry.ts";

// The forms that Web Authentication Level 3 has in JSON: they are described here, and judged by whoever takes passkeys.
// Binary members are base64url without padding (section 5.1).

const bytes = (description: string) => text(description);

const Descriptor = onFirstUse(() =>
  z
    .looseObject({
      id: bytes("The credential id."),
      type: text("`public-key`."),
      transports: z.exactOptional(
        z.array(z.string()).register(schemas, { description: "How it can be reached." }),
      ),
    })
    .register(schemas, {
      id: "PublicKeyCredentialDescriptor",
      description: "A passkey that is known.",
    }),
);

const extensions = (description: string) =>
  z.exactOptional(z.record(z.string(), z.unknown()).register(schemas, { description }));

const timeout = () =>
  z.exactOptional(z.number().register(schemas, { description: "In milliseconds." }));

const userVerification = () =>
  z.exactOptional(
    text("Whether it is checked who uses the passkey: `required`, `preferred` or `discouraged`."),
  );

export const PublicKeyCredentialCreationOptions = onFirstUse(() =>
  z
    .looseObject({
      challenge: bytes("To be signed."),
      rp: z.looseObject({ id: z.exactOptional(z.string()), name: z.string() }).register(schemas, {
        description: "The site that the passkey is for.",
      }),
      user: z
        .looseObject({ id: z.string(), name: z.string(), displayName: z.string() })
        .register(schemas, { description: "Whose passkey it is." }),
      pubKeyCredParams: z
        .array(z.looseObject({ type: z.string(), alg: z.int() }))
        .register(schemas, { description: "The algorithms that are taken, the best first." }),
      timeout: timeout(),
      excludeCredentials: z.exactOptional(z.array(Descriptor())),
      authenticatorSelection: z.exactOptional(
        z.looseObject({
          authenticatorAttachment: z.exactOptional(z.string()),
          residentKey: z.exactOptional(z.string()),
          requireResidentKey: z.exactOptional(z.boolean()),
          userVerification: z.exactOptional(z.string()),
        }),
      ),
      attestation: z.exactOptional(z.string()),
      extensions: extensions("What else the browser is asked for."),
    })
    .register(schemas, {
      id: "PublicKeyCredentialCreationOptions",
      description:
        "`PublicKeyCredentialCreationOptionsJSON`: for `PublicKeyCredential.parseCreationOptionsFromJSON()`, then `navigator.credentials.create()` (Web Authentication Level 3, section 5.1).",
    }),
);

export const PublicKeyCredentialRequestOptions = onFirstUse(() =>
  z
    .looseObject({
      challenge: bytes("To be signed."),
      rpId: z.exactOptional(text("The site that the passkey is for.")),
      timeout: timeout(),
      allowCredentials: z.exactOptional(z.array(Descriptor())),
      userVerification: userVerification(),
      extensions: extensions("What else the browser is asked for."),
    })
    .register(schemas, {
      id: "PublicKeyCredentialRequestOptions",
      description:
        "`PublicKeyCredentialRequestOptionsJSON`: for `PublicKeyCredential.parseRequestOptionsFromJSON()`, then `navigator.credentials.get()` (Web Authentication Level 3, section 5.1).",
    }),
);

const credential = () => ({
  id: bytes("The credential id."),
  rawId: bytes("The credential id again."),
  type: text("`public-key`."),
  authenticatorAttachment: z.exactOptional(text("`platform` or `cross-platform`.")),
  clientExtensionResults: extensions("What came of the extensions."),
});

export const RegistrationCredential = onFirstUse(() =>
  z
    .looseObject({
      ...credential(),
      response: z.looseObject({
        clientDataJSON: bytes("What the browser says of the page."),
        attestationObject: bytes("The new public key, and who vouches for it."),
        authenticatorData: z.exactOptional(bytes("What the authenticator says.")),
        transports: z.exactOptional(z.array(z.string())),
        publicKey: z.exactOptional(bytes("The new public key.")),
        publicKeyAlgorithm: z.exactOptional(z.int()),
      }),
    })
    .register(schemas, {
      id: "RegistrationCredential",
      description:
        "`RegistrationResponseJSON`: what `toJSON()` of a new credential gives (Web Authentication Level 3, section 5.1).",
    }),
);

export const AuthenticationCredential = onFirstUse(() =>
  z
    .looseObject({
      ...credential(),
      response: z.looseObject({
        clientDataJSON: bytes("What the browser says of the page."),
        authenticatorData: bytes("What the authenticator says."),
        signature: bytes("The signature over both."),
        userHandle: z.exactOptional(bytes("The id of the user.")),
      }),
    })
    .register(schemas, {
      id: "AuthenticationCredential",
      description:
        "`AuthenticationResponseJSON`: what `toJSON()` of a credential gives (Web Authentication Level 3, section 5.1).",
    }),
);
