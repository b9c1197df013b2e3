import { Hono } from "hono";
import { describe, expect, test, vi } from "vitest";
import type { JwtVerifier } from "../../../src/adapters/jwt/index.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { Principal } from "../../../src/domain/principal.ts";
import { type BearerOptions, bearerAuth } from "../../../src/hono.ts";
import { createBearerGuard } from "../../../src/jwt.ts";
import { accessToken, tokenVerifier } from "../../http/bearer/protected-api.ts";

type Verifier = BearerOptions["verifier"];
type Verify = Verifier["verify"];

const refuse: Verify = async () => {
  throw new IdentityError("token_revoked");
};

class OwnVerifier {
  readonly inner: JwtVerifier;
  readonly verifyPromptly: JwtVerifier["verifyPromptly"];

  constructor(inner: JwtVerifier) {
    this.inner = inner;
    const answer = (token: string) => inner.verifyPromptly(token);
    this.verifyPromptly = Object.assign(answer, { insteadOf: OwnVerifier.prototype.verify });
  }

  verify(token: string): Promise<Principal> {
    return this.inner.verify(token);
  }
}

class StricterVerifier extends OwnVerifier {
  override verify(token: string): Promise<Principal> {
    return refuse(token);
  }
}

/** Ways to make a verifier of another whose `verify` refuses every token. */
const wrappers: readonly (readonly [string, (inner: JwtVerifier) => Verifier])[] = [
  ["a spread", (inner) => ({ ...inner, verify: refuse })],
  ["a spread of a class's own members", (inner) => ({ ...new OwnVerifier(inner), verify: refuse })],
  ["a prototype", (inner) => Object.assign(Object.create(inner), { verify: refuse })],
  ["a subclass", (inner) => new StricterVerifier(inner)],
  [
    "a proxy for one method",
    (inner) =>
      new Proxy(inner, {
        get: (target, name) => (name === "verify" ? refuse : Reflect.get(target, name)),
      }),
  ],
  [
    "a proxy for every method",
    (inner) =>
      new Proxy(inner, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name);
          return typeof member === "function" ? refuse : member;
        },
      }),
  ],
  [
    "a proxy of the method",
    (inner) => ({ ...inner, verify: new Proxy(inner.verify, { apply: () => refuse("") }) }),
  ],
  [
    "a method with all members of the one that it replaces",
    (inner) => ({ ...inner, verify: Object.assign(() => refuse(""), inner.verify) }),
  ],
  ["an object of its own", () => ({ verify: refuse })],
];

/** Asks a guard of each kind after a token that the inner verifier knows well. */
async function answersOf(verifier: Verifier, token: string): Promise<number[]> {
  const headers = { Authorization: `Bearer ${token}` };
  const request = () => new Request("https://api.example/orders", { headers });
  const guarded = await createBearerGuard({ verifier })(request());
  const routes = new Hono()
    .get(
      "/orders",
      bearerAuth({ verifier }, (c) => c.body(null)),
    )
    .use("/*", bearerAuth({ verifier }))
    .get("/middleware", (c) => c.body(null));
  const handled = await routes.fetch(request());
  const passed = await routes.request("/middleware", { headers });
  return [guarded instanceof Response ? guarded.status : 200, handled.status, passed.status];
}

async function knownToken(verifier: JwtVerifier): Promise<string> {
  const token = await accessToken();
  for (let times = 0; times < 2; times += 1) await verifier.verify(token);
  expect(verifier.verifyPromptly(token)).not.toBeInstanceOf(Promise);
  return token;
}

describe("a verifier that is made of another", () => {
  test.each(wrappers)("is asked by its own verify where it is %s", async (_how, wrap) => {
    const inner = tokenVerifier();
    const token = await knownToken(inner);

    expect(await answersOf(wrap(inner), token)).toEqual([401, 401, 401]);
  });

  test("is asked by its own verify once that is replaced behind a guard's back", async () => {
    const inner = tokenVerifier();
    const verifier = { ...inner };
    const token = await knownToken(inner);
    const app = new Hono().get(
      "/orders",
      bearerAuth({ verifier }, (c) => c.body(null)),
    );
    const ask = async () =>
      (await app.request("/orders", { headers: { Authorization: `Bearer ${token}` } })).status;
    const before = await ask();

    const spy = vi.spyOn(verifier, "verify").mockImplementation(refuse);

    expect([before, await ask()]).toEqual([200, 401]);
    expect(spy).toHaveBeenCalledTimes(1);
  });

  test.each<[string, (inner: JwtVerifier) => Verifier]>([
    ["hands every token on", ({ verify }) => ({ verify: (token) => verify(token) })],
    ["is a copy", (inner) => ({ ...inner })],
    ["is of a class", (inner) => new OwnVerifier(inner)],
    ["is a proxy that changes nothing", (inner) => new Proxy(inner, {})],
  ])("lets good tokens pass where it %s", async (_what, wrap) => {
    const inner = tokenVerifier();
    const token = await knownToken(inner);

    expect(await answersOf(wrap(inner), token)).toEqual([200, 200, 200]);
  });
});
