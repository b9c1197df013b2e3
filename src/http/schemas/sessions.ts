import * as z from "zod/mini";
import { Challenge } from "./challenge.ts";
import { nextCursor } from "./fields.ts";
import { onFirstUse, schemas, text } from "./registry.ts";

const seconds = (description: string) =>
  z.int().check(z.minimum(0)).register(schemas, { description });

const exampleTokens = {
  access_token: "eyJraWQiOiJhIn0.eyJzdWIiOiJhIn0.c2ln",
  id_token: "eyJraWQiOiJiIn0.eyJzdWIiOiJhIn0.c2ln",
  token_type: "Bearer",
  expires_in: 3600,
} as const;

export const Tokens = onFirstUse(() =>
  z
    .object({
      access_token: text("For the APIs, this one included, as `Authorization: Bearer …`."),
      id_token: z.optional(
        text(
          "The OpenID Connect ID token, for the client itself: no API takes it as a credential.",
        ),
      ),
      refresh_token: z.optional(
        text(
          "For `refreshTokens` and `signOut`. Absent where the one in hand stays good; present, it replaces the one in hand.",
        ),
      ),
      token_type: z.literal("Bearer"),
      expires_in: seconds("Life of the access token from now, in seconds."),
    })
    .register(schemas, {
      id: "Tokens",
      description: "Named as in OAuth 2.0 (RFC 6749 section 5.1).",
    }),
);

const SignedIn = onFirstUse(() =>
  z.object({ status: z.literal("signed_in"), tokens: Tokens() }).register(schemas, {
    id: "SignedIn",
    description: "The user is signed in.",
    example: {
      status: "signed_in",
      tokens: { ...exampleTokens, refresh_token: "tGzv3JOkF0XG5Qx2TlKWIA" },
    },
  }),
);

const ChallengeRequired = onFirstUse(() =>
  z.object({ status: z.literal("challenge"), challenge: Challenge() }).register(schemas, {
    id: "ChallengeRequired",
    description: "There is more to show: see `answerChallenge`.",
    example: { status: "challenge", challenge: { type: "totp", session: "AYABeC1mZ2h0aWpr" } },
  }),
);

const SessionStarted = onFirstUse(() =>
  z
    .object({
      status: z.literal("session_started"),
      session: z.object({
        expires_at: seconds(
          "When it is over unless it is used before, in seconds since the epoch.",
        ),
      }),
    })
    .register(schemas, {
      id: "SessionStarted",
      description:
        "The user is signed in, and the browser's cookies hold the tokens: for requests with `Portico-Session` alone.",
      example: { status: "session_started", session: { expires_at: 1795896000 } },
    }),
);

export const SignInResponse = onFirstUse(() =>
  z
    .discriminatedUnion("status", [SignedIn(), ChallengeRequired(), SessionStarted()])
    .register(schemas, {
      id: "SignInResponse",
      description:
        "How the sign-in goes on: with tokens, a challenge or a session, never with two of them.",
    }),
);

export const RefreshTokensResponse = onFirstUse(() =>
  z.object({ tokens: Tokens() }).register(schemas, {
    id: "RefreshTokensResponse",
    description: "New tokens for the same session.",
    example: { tokens: exampleTokens },
  }),
);

const verifiedClaims = () => ({
  sub: text("Whom the token speaks for. Unique within `iss`: the two together are the identity."),
  iss: text("Who issued the token."),
  client_id: text("The client that the token was issued to."),
  scopes: z.array(z.string()).register(schemas, { description: "The scopes that were granted." }),
  iat: seconds("When the token was issued, in seconds since the epoch."),
  exp: seconds("From when on the token is refused, in seconds since the epoch."),
  auth_time: z.optional(seconds("When the user proved who they are, in seconds since the epoch.")),
  jti: z.optional(text("The id of the token itself.")),
});

export const UserSession = onFirstUse(() =>
  z
    .object({
      kind: z.literal("user"),
      username: text("The provider's name for the user. It can change hands, which `sub` cannot."),
      groups: z
        .array(z.string())
        .register(schemas, { description: "The user's groups when the token was issued." }),
      ...verifiedClaims(),
    })
    .register(schemas, { id: "UserSession", description: "A person." }),
);

export const MachineSession = onFirstUse(() =>
  z.object({ kind: z.literal("machine"), ...verifiedClaims() }).register(schemas, {
    id: "MachineSession",
    description: "A program that signed in with its own credentials.",
  }),
);

export const Session = onFirstUse(() =>
  z.discriminatedUnion("kind", [UserSession(), MachineSession()]).register(schemas, {
    id: "Session",
    description: "Whom the access token speaks for.",
    example: {
      kind: "user",
      sub: "8f0a2c1e-5b0d-4f6e-9a57-3a1d6c2b7e90",
      iss: "https://id.example.com",
      client_id: "web",
      username: "ada@example.com",
      groups: ["editors"],
      scopes: [],
      iat: 1795291200,
      exp: 1795294800,
      auth_time: 1795291200,
      jti: "0c6f3a52-9a3e-4f0b-8a49-6d3d6d1f2b11",
    },
  }),
);

const SessionSummary = onFirstUse(() =>
  z
    .object({
      id: text("For `endSession`."),
      created_at: seconds("When the sign-in was, in seconds since the epoch."),
      last_active_at: z.exactOptional(seconds("In seconds since the epoch.")),
      is_current: z
        .boolean()
        .register(schemas, { description: "Whether it is the session of the access token." }),
      device: z.exactOptional(text("What kind of device it is on.")),
    })
    .register(schemas, {
      id: "SessionSummary",
      description: "A sign-in that has not ended.",
    }),
);

export const SessionsResponse = onFirstUse(() =>
  z.object({ sessions: z.array(SessionSummary()), cursor: nextCursor() }).register(schemas, {
    id: "SessionsResponse",
    description: "A page of the user's sessions. One can be empty and not the last.",
    example: {
      sessions: [
        { id: "0c6f3a52-9a3e-4f0b-8a49-6d3d6d1f2b11", created_at: 1795291200, is_current: true },
      ],
      cursor: "bmV4dA",
    },
  }),
);
