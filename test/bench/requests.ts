import { Buffer } from "node:buffer";
import { createHmac, randomUUID } from "node:crypto";
import type { CognitoPool } from "../support/cognito-pool.ts";

/** What is asked for, again and again. */
export type RequestKind =
  | { readonly kind: "route"; readonly path: string; readonly token: string }
  | {
      readonly kind: "get";
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: "post"; readonly path: string; readonly content: object }
  | ({ readonly kind: "sign-up" } & CognitoPool);

const signUpHeaders = {
  "content-type": "application/x-amz-json-1.1",
  "x-amz-target": "AWSCognitoIdentityProviderService.SignUp",
};

/** Gives what writes the next request, as it goes over a connection that is kept. */
export function requestWriter(request: RequestKind): () => Buffer {
  if (request.kind === "sign-up") return () => writeSignUp(request);
  const written = writeOne(request);
  return () => written;
}

/** Makes a request that signs a user up, for a handler. */
export function signUpRequest(pool: CognitoPool): Request {
  const init = { method: "POST", headers: signUpHeaders, body: signUpBody(pool) };
  return new Request("http://127.0.0.1/", init);
}

function writeOne(request: Exclude<RequestKind, { readonly kind: "sign-up" }>): Buffer {
  if (request.kind === "post") return writePost(request);
  return request.kind === "get" ? write(`GET ${request.path}`, request.headers) : writeGet(request);
}

function writeGet({ path, token }: Extract<RequestKind, { readonly kind: "route" }>): Buffer {
  return write(`GET ${path}`, { authorization: `Bearer ${token}` });
}

function writePost({ path, content }: Extract<RequestKind, { readonly kind: "post" }>): Buffer {
  return write(`POST ${path}`, { "content-type": "application/json" }, JSON.stringify(content));
}

function writeSignUp(pool: CognitoPool): Buffer {
  return write("POST /", signUpHeaders, signUpBody(pool));
}

/** @param body - in ASCII */
function write(what: string, headers: Readonly<Record<string, string>>, body = ""): Buffer {
  const length = body === "" ? {} : { "content-length": body.length };
  const lines = Object.entries({ host: "127.0.0.1", ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return Buffer.from(`${what} HTTP/1.1\r\n${lines.join("")}\r\n${body}`);
}

/** A user of whom nobody has heard. */
function signUpBody({ clientId, clientSecret }: CognitoPool): string {
  const email = `u-${randomUUID()}@example.com`;
  return JSON.stringify({
    ClientId: clientId,
    SecretHash: secretHash(email, clientId, clientSecret),
    Username: email,
    Password: "Correct-Horse-7",
    UserAttributes: [{ Name: "email", Value: email }],
  });
}

/** The hash that a client with a secret has to send along with a user's name, as Cognito's documentation computes it. */
export function secretHash(username: string, clientId: string, clientSecret: string): string {
  return createHmac("sha256", clientSecret).update(`${username}${clientId}`).digest("base64");
}
