import { beforeAll, describe, expect, it } from "vitest";
import { cognitoIssuer, createJwtVerifier } from "../../../../src/adapters/jwt/index.ts";
import { claims, clientId, clock, keySetOf, sign, signingKey } from "../token-signer.ts";

const userPoolId = "eu-west-1_AbCdEfGhI";
const clientIds = [clientId];

let key: Awaited<ReturnType<typeof signingKey>>;

beforeAll(async () => {
  key = await signingKey("access-1");
});

const namesOf = (options: Partial<Parameters<typeof cognitoIssuer>[0]>) =>
  cognitoIssuer({ userPoolId, clientIds, ...options }).issuers.map(({ issuer }) => issuer);

describe("a user pool's issuer", () => {
  it("has its original and its updated form", () => {
    expect(namesOf({})).toEqual([
      "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI",
      "https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI",
    ]);
  });

  it("has a name in each region with a replica, and each name once", () => {
    const names = namesOf({ replicaRegions: ["us-east-1", "eu-west-1", "us-east-1"] });

    expect(names).toEqual([
      "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI",
      "https://cognito-idp.us-east-1.amazonaws.com/eu-west-1_AbCdEfGhI",
      "https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI",
    ]);
  });

  it.each([
    ["us-gov-west-1", "amazonaws.com"],
    ["cn-north-1", "amazonaws.com.cn"],
    ["eusc-de-east-1", "amazonaws.eu"],
    ["us-iso-east-1", "c2s.ic.gov"],
    ["us-isob-east-1", "sc2s.sgov.gov"],
    ["us-isof-south-1", "csp.hci.ic.gov"],
    ["eu-isoe-west-1", "cloud.adc-e.uk"],
    ["ap-southeast-2", "amazonaws.com"],
  ])("of %s is in %s", (region, domain) => {
    expect(namesOf({ userPoolId: `${region}_Ab1` })).toEqual([
      `https://cognito-idp.${region}.${domain}/${region}_Ab1`,
      `https://issuer-cognito-idp.${region}.${domain}/${region}_Ab1`,
    ]);
  });

  it("can be in another region than its id says", () => {
    const [name] = namesOf({ region: "us-east-1" });

    expect(name).toBe("https://cognito-idp.us-east-1.amazonaws.com/eu-west-1_AbCdEfGhI");
  });

  it("is an emulator's where it is given", () => {
    const issuer = "http://localhost:9229/local_1";

    expect(namesOf({ userPoolId: "local_1", issuer })).toEqual([issuer]);
  });

  it("publishes its keys under each of its names", () => {
    const uris: string[] = [];
    const createKeySet = (uri: string) => {
      uris.push(uri);
      return keySetOf([key.jwk]);
    };

    const { issuers } = cognitoIssuer({ userPoolId, clientIds, createKeySet });

    expect(uris).toEqual(issuers.map(({ issuer }) => `${issuer}/.well-known/jwks.json`));
  });

  it("asks no address for keys before a token needs them", () => {
    expect(() => cognitoIssuer({ userPoolId, clientIds })).not.toThrow();
  });

  it.each([
    ["no pool's id", { userPoolId: "pool" }],
    ["a pool's id of another path", { userPoolId: "eu-west-1_../x" }],
    ["a pool's id below another path", { userPoolId: "../eu-west-1_Ab1" }],
    ["a pool's id above another path", { userPoolId: "eu-west-1_Ab1/../x" }],
    ["a pool's id with a line break", { userPoolId: "eu-west-1_Ab1\n" }],
    ["a pool's id that is too long", { userPoolId: `eu-west-1_${"a".repeat(46)}` }],
    ["no region's pool", { userPoolId: "local_1" }],
    ["no region", { region: "evil.example/" }],
    ["no region that begins with more", { region: "evil.example/eu-west-1" }],
    ["no region that goes on", { region: "eu-west-1.evil.example/" }],
    ["no region for a replica", { replicaRegions: ["eu-west-1", "x"] }],
    ["no clients", { clientIds: [] }],
  ])("cannot be made of %s", (_what, options) => {
    expect(() => cognitoIssuer({ userPoolId, clientIds, ...options })).toThrow(TypeError);
  });

  it.each([
    "pool",
    "../eu-west-1_Ab1",
    "eu-west-1_Ab1/../x",
    "eu-west-1_Ab1\n",
    `eu-west-1_${"a".repeat(46)}`,
  ])("cannot be an emulator's either with the pool's id %j", (id) => {
    const issuer = "http://localhost:9229/local_1";

    expect(() => namesOf({ userPoolId: id, issuer })).toThrow(TypeError);
  });

  it("may be in a region of two digits", () => {
    expect(namesOf({ region: "ap-southeast-12" })).toHaveLength(2);
  });

  it("has keys of each name that are fetched, where nothing else is said", () => {
    const { issuers } = cognitoIssuer({ userPoolId, clientIds });

    for (const { keys } of issuers) expect(keys.refresh).toBeInstanceOf(Function);
  });

  it("may have the longest id that the service gives", () => {
    expect(namesOf({ userPoolId: `eu-west-1_${"a".repeat(45)}` })).toHaveLength(2);
  });
});

describe("a user pool's tokens", () => {
  const createKeySet = () => keySetOf([key.jwk]);

  function verifier(options: Partial<Parameters<typeof cognitoIssuer>[0]> = {}) {
    const issuer = cognitoIssuer({ userPoolId, clientIds, createKeySet, ...options });
    return createJwtVerifier({ issuers: [issuer], clock });
  }

  it.each([
    "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI",
    "https://cognito-idp.us-east-1.amazonaws.com/eu-west-1_AbCdEfGhI",
    "https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI",
  ])("of %s are taken", async (iss) => {
    const token = await sign(claims({ iss }), key.privateKey);

    const principal = await verifier({ replicaRegions: ["us-east-1"] }).verify(token);

    expect(principal).toMatchObject({ kind: "user", issuer: iss });
  });

  it("of another region are refused", async () => {
    const iss = "https://cognito-idp.us-east-1.amazonaws.com/eu-west-1_AbCdEfGhI";

    const verified = verifier().verify(await sign(claims({ iss }), key.privateKey));

    await expect(verified).rejects.toMatchObject({ rejection: "wrong_issuer" });
  });

  it("may be meant for a resource that the configuration names, and for no other", async () => {
    const [iss] = namesOf({});
    const verifierOfApi = verifier({ audiences: ["https://api.example.com"] });
    const audience = (aud: unknown) => sign(claims({ iss, aud }), key.privateKey);

    await expect(
      verifierOfApi.verify(await audience("https://api.example.com")),
    ).resolves.toBeDefined();
    await expect(verifierOfApi.verify(await audience(clientId))).resolves.toBeDefined();
    for (const other of ["https://other.example.com", ["https://api.example.com"]]) {
      await expect(verifierOfApi.verify(await audience(other))).rejects.toMatchObject({
        rejection: "wrong_client",
      });
    }
  });
});
