// Protects a route with each version of the frameworks that the package is said to work with, and asks for it.
//   node frameworks.mjs          in a project that has portico-jwt
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import process from "node:process";
import { createJwtVerifier } from "portico-jwt";
import { requireToken } from "portico-jwt/express";
import { requireToken as requireTokenOfFastify } from "portico-jwt/fastify";

const load = createRequire(import.meta.url);
const issuer = "https://issuer.example.com";
const form = "application/x-www-form-urlencoded";
const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const { privateKey, publicKey } = await crypto.subtle.generateKey(
  { ...rsa, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
  true,
  ["sign", "verify"],
);
const keySet = Promise.resolve({
  keys: [{ ...(await crypto.subtle.exportKey("jwk", publicKey)), kid: "k" }],
});
const keys = { current: () => keySet, refresh: () => keySet };
const verifier = createJwtVerifier({ issuer, clientIds: ["app"], keys });

const answer = (request) => ({ subject: request.principal.subject, ...request.body });

const servers = {
  async "express-4"() {
    return createServer(expressApp(load("express-4")));
  },
  async "express-5"() {
    return createServer(expressApp(load("express-5")));
  },
  "fastify-4": () => fastifyServer(load("fastify-4")),
  "fastify-5": () => fastifyServer(load("fastify-5")),
};

function expressApp(express) {
  const app = express();
  app.use(requireToken({ verifier }), express.urlencoded({ extended: false }));
  app.use((request, response) => response.json(answer(request)));
  return app;
}

async function fastifyServer(fastify) {
  const app = fastify();
  app.addContentTypeParser(form, { parseAs: "string" }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body))),
  );
  app.post("/", { onRequest: requireTokenOfFastify({ verifier }) }, async (request) =>
    answer(request),
  );
  await app.ready();
  return app.server;
}

async function token() {
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const iat = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    sub: "ada",
    client_id: "app",
    token_use: "access",
    username: "ada",
  };
  const signed = `${encode({ alg: "RS256", kid: "k" })}.${encode({ ...claims, iat, exp: iat + 300 })}`;
  const signature = await crypto.subtle.sign(rsa.name, privateKey, Buffer.from(signed));
  return `${signed}.${Buffer.from(signature).toString("base64url")}`;
}

/** The status of each request, and the answer to the first. */
async function answersOf(server) {
  if (!server.listening) await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${server.address().port}/`;
  const post = (headers, fields) =>
    fetch(url, { method: "POST", headers, body: new URLSearchParams(fields) });
  const headers = { Authorization: `Bearer ${await token()}` };
  const passed = await post(headers, { note: "hello" });
  const others = [await post({}, {}), await post(headers, { access_token: "abc" })];
  const told = JSON.stringify([await passed.json(), ...others.map(({ status }) => status)]);
  server.closeAllConnections();
  server.close();
  return told;
}

const expected = '[{"subject":"ada","note":"hello"},401,400]';
for (const [name, start] of Object.entries(servers)) {
  const told = await answersOf(await start());
  if (told !== expected) throw new Error(`${name} answers ${told}`);
}
console.log(`${Object.keys(servers).join(", ")} on Node ${process.versions.node}`);
process.exit(0);
