import { getDiffieHellman } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  createSrpClient,
  srpTimestamp,
} from "../../../../src/adapters/cognito/sign-in/srp/client.ts";
import {
  modN,
  modPow,
  modulus,
  toBytes,
  toNumber,
} from "../../../../src/adapters/cognito/sign-in/srp/group.ts";
import { startSrp } from "../../../support/cognito-srp-server.ts";
import type { RecordedRequest } from "../../../support/cognito-upstream.ts";
import {
  answers,
  type CognitoReply,
  generatedUsername,
} from "../../../support/cognito-upstream-answers.ts";
import { challengeSession, password, providerAt, startUpstream, username } from "../fixtures.ts";

const options = { authFlow: "USER_SRP_AUTH", credentials: undefined } as const;
const poolName = "example";
const tokens = answers({ AuthenticationResult: { AccessToken: "a.b.c", ExpiresIn: 60 } });

describe("the group of SRP", () => {
  it("is the one that Node knows as well", () => {
    expect(modulus.toString(16)).toBe(getDiffieHellman("modp15").getPrime("hex"));
  });

  it("raises its numbers to a modPow", () => {
    expect(modPow(3n, 0n)).toBe(1n);
    expect(modPow(3n, 13n)).toBe(1_594_323n);
    // Fermat.
    expect(modPow(7n, modulus - 1n)).toBe(1n);
  });

  it("has a positive number for each negative one", () => {
    expect(modN(-1n)).toBe(modulus - 1n);
    expect(modN(modulus)).toBe(0n);
  });

  it.each([
    [0n, [0]],
    [0x7fn, [0x7f]],
    [0x80n, [0, 0x80]],
    [0x123n, [1, 0x23]],
    [0xfedcn, [0, 0xfe, 0xdc]],
  ])("writes %d with the sign that Java has", (value, bytes) => {
    expect([...toBytes(value)]).toEqual(bytes);
    expect(toNumber(toBytes(value))).toBe(value);
  });
});

describe("a proof", () => {
  const timestamp = "Sun Nov 2 03:04:05 UTC 2026";

  /** Proves a password to a server, and gives whether it believed. */
  async function prove(typed: string, salt?: string) {
    const client = createSrpClient(`eu-central-1_${poolName}`);
    const server = startSrp({
      poolName,
      userId: generatedUsername,
      password,
      clientValue: client.publicValue,
      ...(salt && { salt }),
    });
    const { SRP_B = "", SALT = "", SECRET_BLOCK = "" } = server.parameters;
    const parameters = {
      userId: generatedUsername,
      publicValue: SRP_B,
      salt: SALT,
      secretBlock: SECRET_BLOCK,
    };
    const signature = await client.sign(typed, parameters, timestamp);
    return server.proves({
      PASSWORD_CLAIM_SIGNATURE: signature,
      PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
      TIMESTAMP: timestamp,
    });
  }

  it("is believed for the right password, of every padding", { timeout: 30_000 }, async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => prove(password)));

    expect(outcomes).toEqual(outcomes.map(() => true));
  });

  it.each(["00000000000000000000000000000001", "ff", "0f", "7fffffffffffffffffffffffffffffff"])(
    "is believed with the salt %s",
    async (salt) => {
      expect(await prove(password, salt)).toBe(true);
    },
  );

  it("is not believed for a wrong password", async () => {
    expect(await prove(`${password}!`)).toBe(false);
  });

  it.each([
    ["zero", "0"],
    ["the modulus", modulus.toString(16)],
    ["twice the modulus", (modulus * 2n).toString(16)],
    ["missing", ""],
    ["no number", "xyz"],
  ])("is refused to a server whose public value is %s", async (_what, publicValue) => {
    const parameters = { userId: "ada", publicValue, salt: "aa", secretBlock: "YQ==" };

    const signature = createSrpClient("eu-central-1_example").sign("p", parameters, timestamp);

    await expect(signature).rejects.toThrow(RangeError);
  });

  it("is begun with another value each time", () => {
    const values = Array.from({ length: 4 }, () => createSrpClient("eu_a").publicValue);

    expect(new Set(values).size).toBe(4);
  });
});

describe("the time of a proof", () => {
  it.each([
    [Date.UTC(2026, 10, 2, 3, 4, 5), "Mon Nov 2 03:04:05 UTC 2026"],
    [Date.UTC(2027, 0, 31, 23, 59, 59, 999), "Sun Jan 31 23:59:59 UTC 2027"],
  ])("%d is %s", (now, expected) => {
    expect(srpTimestamp(now)).toBe(expected);
  });
});

const srpSession = { Session: "session-of-srp-0123456789" };

/** An upstream that checks proofs, and answers one that holds with what is given. */
async function srpUpstream(reply: CognitoReply = tokens, session: object = srpSession) {
  const upstream = await startUpstream();
  const clock = { now: () => Date.UTC(2026, 10, 2, 3, 4, 5) };
  const identity = providerAt(upstream, { ...options, clock });
  const proofs: boolean[] = [];
  let server: ReturnType<typeof startSrp> | undefined;
  const begin = (clientValue: unknown) => {
    server = startSrp({
      poolName,
      userId: generatedUsername,
      password,
      clientValue: String(clientValue),
    });
    return answers({
      ChallengeName: "PASSWORD_VERIFIER",
      ...session,
      ChallengeParameters: server.parameters,
    });
  };
  upstream.respond("InitiateAuth", ({ input }: RecordedRequest) =>
    begin(Object(input.AuthParameters).SRP_A),
  );
  upstream.respond("RespondToAuthChallenge", ({ input }: RecordedRequest) => {
    if (input.ChallengeName !== "PASSWORD_VERIFIER")
      return begin(Object(input.ChallengeResponses).SRP_A);
    proofs.push(server?.proves(Object(input.ChallengeResponses)) ?? false);
    return reply;
  });
  return { upstream, identity, proofs };
}

describe("USER_SRP_AUTH", () => {
  it("proves the password and never sends it", async () => {
    const { upstream, identity, proofs } = await srpUpstream();

    const result = await identity.signIn({ username, password });

    expect(result).toMatchObject({ status: "signed_in" });
    expect(proofs).toEqual([true]);
    expect(JSON.stringify(upstream.requests)).not.toContain(password);
    expect(upstream.requests).toMatchObject([
      { operation: "InitiateAuth", input: { AuthFlow: "USER_SRP_AUTH" } },
      {
        operation: "RespondToAuthChallenge",
        input: {
          ChallengeName: "PASSWORD_VERIFIER",
          Session: "session-of-srp-0123456789",
          ChallengeResponses: {
            USERNAME: generatedUsername,
            TIMESTAMP: "Mon Nov 2 03:04:05 UTC 2026",
          },
        },
      },
    ]);
  });

  it("proves the password without a session where none came @see https://github.com/ministackorg/ministack/pull/1758", async () => {
    const { upstream, identity, proofs } = await srpUpstream(tokens, {});

    const result = await identity.signIn({ username, password });

    expect(result).toMatchObject({ status: "signed_in" });
    expect(proofs).toEqual([true]);
    expect(upstream.requests.at(-1)?.input).not.toHaveProperty("Session");
  });

  it("has what goes to the operator's code along in both of its calls", async () => {
    const { upstream, identity } = await srpUpstream();
    const clientMetadata = { campaign: "spring" };

    await identity.signIn({ username, password, clientMetadata });

    const sent = upstream.requests.map(({ input }) => input.ClientMetadata);
    expect(sent).toEqual([clientMetadata, clientMetadata]);
  });

  it("fails the proof of a wrong password", async () => {
    const { identity, proofs } = await srpUpstream();

    await identity.signIn({ username, password: `${password}!` });

    expect(proofs).toEqual([false]);
  });

  it("keeps the second factor that comes after it @see https://github.com/localstack/localstack/issues/12756", async () => {
    const { upstream, identity, proofs } = await srpUpstream(
      answers({
        ChallengeName: "EMAIL_OTP",
        Session: "session-after-srp",
        ChallengeParameters: {},
      }),
    );

    const result = await identity.signIn({ username, password });
    const session = result.status === "challenge" ? result.challenge.session : "";
    upstream.script("RespondToAuthChallenge", tokens);
    await identity.answerChallenge({ session, answer: { type: "email_code", code: "123456" } });

    expect(result).toMatchObject({ status: "challenge", challenge: { type: "email_code" } });
    expect(proofs).toEqual([true]);
    expect(upstream.requests.at(-1)?.input).toMatchObject({
      Session: "session-after-srp",
      ChallengeResponses: { USERNAME: generatedUsername },
    });
  });

  it("goes on without the proof where Cognito asks for something else", async () => {
    const { upstream, identity } = await srpUpstream();
    upstream.script(
      "InitiateAuth",
      answers({ ChallengeName: "CUSTOM_CHALLENGE", Session: "session", ChallengeParameters: {} }),
    );

    await expect(identity.signIn({ username, password })).resolves.toMatchObject({
      status: "challenge",
    });
    expect(upstream.requests).toHaveLength(1);
  });

  it.each([
    ["neither session nor values", { ChallengeName: "PASSWORD_VERIFIER", ChallengeParameters: {} }],
    ["no values", { ChallengeName: "PASSWORD_VERIFIER", Session: "s", ChallengeParameters: {} }],
  ])("answered with %s fails for the provider's fault", async (_what, answer) => {
    const { upstream, identity } = await srpUpstream();
    upstream.script("InitiateAuth", answers(answer));

    await expect(identity.signIn({ username, password })).rejects.toMatchObject({
      code: "provider_unavailable",
    });
  });
});

describe("PASSWORD_SRP", () => {
  it.each([
    ["SELECT_CHALLENGE", ["PASSWORD_SRP", "EMAIL_OTP"]],
    ["PASSWORD_SRP", ["PASSWORD_SRP"]],
  ])("as %s has the password proven", async (name, offered) => {
    const { upstream, identity, proofs } = await srpUpstream();
    const session = await challengeSession({ name, offered, isProven: false });

    const result = await identity.answerChallenge({
      session,
      answer: { type: "select_factor", factor: "password", password },
    });

    expect(result).toMatchObject({ status: "signed_in" });
    expect(proofs).toEqual([true]);
    expect(JSON.stringify(upstream.requests)).not.toContain(password);
    expect(upstream.requests.map(({ input }) => input.ChallengeName)).toEqual([
      name,
      "PASSWORD_VERIFIER",
    ]);
  });
});
