import { describe, expect, test } from "vitest";
import { createJweSeal } from "../../../src/adapters/jwe/index.ts";
import type { MemoryIdentityProviderOptions } from "../../../src/adapters/memory/index.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { Ports } from "../../../src/ports/index.ts";
import { passkeyVerifier } from "../../adapters/webauthn/support.ts";
import { sums } from "../../contract/question.ts";
import { createMemoryPorts } from "../../support/memory-ports.ts";
import { probes } from "../capabilities/probes.ts";
import { subjectOf } from "../capabilities/subject.ts";
import { capabilitiesOf } from "../capabilities/wire.ts";

interface SetUp {
  readonly provider?: MemoryIdentityProviderOptions;
  readonly ports?: Partial<Ports>;
}

/** The in-memory provider in many ways, as the capabilities are to tell them apart. */
const setUps: Readonly<Record<string, SetUp>> = {
  "as it comes": {},
  "with all that there is": {
    provider: { customChallenge: sums, passkeys: passkeyVerifier() },
    ports: {
      seal: createJweSeal({ secrets: ["a secret of thirty-two characters"] }),
    },
  },
  "with sign-up closed": { provider: { allowSignUp: false } },
  "with sign-up by approval": { provider: { signUpApproval: true } },
  "with accounts that are confirmed at once": { provider: { autoConfirm: true } },
  "under telephone numbers": { provider: { signInModel: "phone_number" } },
  "under either kind of address": { provider: { signInModel: "email_or_phone_number" } },
  "under plain names": { provider: { signInModel: "username", autoVerified: ["email"] } },
  "under plain names with aliases": { provider: { signInModel: "alias" } },
  "with attributes that have to be there": {
    provider: { requiredAttributes: ["email", "given_name"] },
  },
  "with passwords of letters alone": {
    provider: {
      passwordPolicy: { minimumLength: 12, requireDigit: false, requireSymbol: false },
    },
  },
  "with no rules but the length": {
    provider: {
      passwordPolicy: {
        minimumLength: 6,
        requireUppercase: false,
        requireLowercase: false,
        requireDigit: false,
        requireSymbol: false,
      },
    },
  },
  "with passwords and nothing else": { provider: { mfa: "off", signInFactors: ["password"] } },
  "with authenticator apps alone": { provider: { mfaMethods: ["totp"] } },
  "with a second factor for everyone": { provider: { mfa: "required", mfaMethods: ["totp"] } },
  "with recovery by administrators alone": { provider: { recovery: [] } },
  "with captchas": {
    ports: {
      captcha: {
        operations: ["signUp", "forgotPassword"],
        provider: "acme",
        siteKey: "site-key",
        verifier: {
          async verify() {
            throw new IdentityError("rejected_by_policy");
          },
        },
      },
    },
  },
};

function start({ provider, ports }: SetUp) {
  const { memory, ports: own } = createMemoryPorts(provider);
  return subjectOf({ ...own, ...ports }, async (username, purpose) =>
    memory.outbox.messagesFor(username).filter((message) => message.purpose === purpose),
  );
}

describe.each(Object.entries(setUps))("the in-memory provider %s", (_name, setUp) => {
  /** Without a captcha that can be passed nobody resets a password. */
  const tried = Object.entries(probes).filter(
    ([name]) => setUp.ports?.captcha === undefined || name === "captcha",
  );

  test.each(tried)("says of %s what is so", async (_member, probe) => {
    const subject = start(setUp);

    await probe(subject, await capabilitiesOf(subject));
  });
});

describe("the capabilities", () => {
  test("name the captcha that a page has to show, and no secret", async () => {
    const { captcha } = await capabilitiesOf(start(setUps["with captchas"] ?? {}));

    expect(captcha).toEqual({
      operations: ["signUp", "forgotPassword"],
      provider: "acme",
      site_key: "site-key",
    });
  });

  test("may be kept, and are told apart by their tag", async () => {
    const subject = start({});
    const other = start({ provider: { allowSignUp: false } });

    const { headers } = await subject.send("GET", "/v1/capabilities");
    const tag = headers.get("ETag") ?? "";
    const known = { headers: { "If-None-Match": tag } };
    const again = await subject.send("GET", "/v1/capabilities", known);
    const elsewhere = await other.send("GET", "/v1/capabilities", known);

    expect(headers.get("Cache-Control")).toBe("public, max-age=60");
    expect([again.status, again.headers.get("ETag")]).toEqual([304, tag]);
    expect(elsewhere.status).toBe(200);
  });
});
