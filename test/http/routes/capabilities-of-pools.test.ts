import type {
  CreateUserPoolCommandInput,
  UserPoolMfaType,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compose } from "../../../src/service/compose.ts";
import { readEnvironment } from "../../../src/service/settings.ts";
import { passkeyVerifier } from "../../adapters/webauthn/support.ts";
import { strictFeatures } from "../../contract/cognito-strict-harness.ts";
import { makeFullPool } from "../../contract/cognito-strict-pool.ts";
import { sums } from "../../contract/question.ts";
import { strictEnvironment } from "../../runtime/cognito-environment.ts";
import { startStrictCognito } from "../../support/cognito-strict.ts";
import { probes } from "../capabilities/probes.ts";
import { type Subject, subjectOf } from "../capabilities/subject.ts";
import { capabilitiesOf } from "../capabilities/wire.ts";

interface SetUp {
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly mfa?: UserPoolMfaType;
  readonly features?: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
}

const noRules = {
  MinimumLength: 12,
  RequireLowercase: true,
  RequireUppercase: false,
  RequireNumbers: true,
  RequireSymbols: false,
};

/** Pools in many ways. The features are those of the first: what a pool has not is seen by its descriptions. */
const setUps: Readonly<Record<string, SetUp>> = {
  "that can do all": {},
  "with sign-up closed": { pool: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } } },
  "with sign-up by approval": {
    pool: { AutoVerifiedAttributes: [], UserAttributeUpdateSettings: {} },
    features: [...strictFeatures, "sign_up_approval"],
  },
  "with passwords alone at first, and other rules for them": {
    pool: { Policies: { PasswordPolicy: noRules } },
  },
  "under plain names with aliases": {
    pool: {
      UsernameAttributes: undefined,
      AliasAttributes: ["email", "phone_number"],
      Schema: [{ Name: "email", AttributeDataType: "String", Required: true }],
    },
  },
  "with a second factor for everyone": {
    mfa: "ON",
    pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] } } },
  },
  "with recovery by administrators alone": {
    pool: {
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
    },
  },
};

async function start({ pool, mfa, features = strictFeatures, settings }: SetUp) {
  const issuerBase = "https://strict.test";
  const cognito = await startStrictCognito({
    issuerBase,
    customChallenge: sums,
    passkeys: passkeyVerifier(),
  });
  const { poolId, client } = await makeFullPool(cognito, {
    hidesUsers: true,
    rotationGraceSeconds: 60,
    ...(pool && { pool }),
    ...(mfa && { mfa }),
  });
  const { endpoint } = cognito;
  const environment = {
    ...strictEnvironment({ endpoint, poolId, client, issuerBase }),
    COGNITO_REFRESH_FLOW: "GET_TOKENS_FROM_REFRESH_TOKEN",
    COGNITO_FEATURES: features.join(),
    LOG_LEVEL: "silent",
    RATE_LIMITS: "off",
    ...settings,
  };
  const { ports, options, checkSetUp } = compose(readEnvironment(environment));
  const subject = subjectOf(
    ports,
    async (username, purpose) =>
      cognito.server
        .outboxOf(poolId)
        .messagesFor(username)
        .filter((message) => message.purpose === purpose),
    options,
  );
  return { subject, checkSetUp, close: cognito.close };
}

describe.each(Object.entries(setUps))("a user pool %s", (_name, setUp) => {
  let subject: Subject;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const started = await start(setUp);
    ({ subject, close } = started);
    // A process does so as it starts.
    await started.checkSetUp();
  });
  afterAll(() => close());

  test.each(Object.entries(probes))("is told of %s as it is", async (_member, probe) => {
    await probe(subject, await capabilitiesOf(subject));
  });
});

describe("a user pool that nobody has read", () => {
  test("is told as far as settings and features say", async () => {
    const { subject, close } = await start({
      settings: {
        COGNITO_SIGN_UP: "closed",
        COGNITO_USERNAMES: "email,username",
        COGNITO_MFA: "required",
        COGNITO_PASSWORD_RULES: "10,lowercase,digit",
      },
    });

    const said = await capabilitiesOf(subject);
    await close();

    expect(said.sign_up).toEqual({ status: "closed", confirmation_password: false });
    expect(said.sign_in.usernames).toEqual(["email", "username"]);
    expect(said.second_factors.required).toBe(true);
    expect(said.password).toEqual({
      min_length: 10,
      max_length: 256,
      requires: ["lowercase", "digit"],
    });
  });

  test("is told without what is not known", async () => {
    const { subject, close } = await start({});

    const said = await capabilitiesOf(subject);
    await close();

    expect(said.sign_up).toEqual({ status: "open", confirmation_password: false });
    expect(said.sign_in).not.toHaveProperty("usernames");
    expect(said.second_factors).not.toHaveProperty("required");
    expect(said).not.toHaveProperty("password");
  });
});
