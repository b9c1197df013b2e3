import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import fastify from "fastify";
import { onTestFinished } from "vitest";
import {
  principalOf,
  type RequireTokenOptions,
  requireToken as requireTokenOfExpress,
} from "../../../src/express.ts";
import { requireToken as requireTokenOfFastify } from "../../../src/fastify.ts";
import type { Api } from "./protected-apis.ts";

/** The subject that a request speaks for, or nobody where the token is optional. */
const speakerOf = (request: { readonly principal?: unknown }, { optional }: RequireTokenOptions) =>
  optional && request.principal === undefined ? "nobody" : principalOf(request).subject;

const form = "application/x-www-form-urlencoded";

function expressApi(options: RequireTokenOptions, ...parsers: express.RequestHandler[]): Api {
  const app = express();
  app.use(...parsers, requireTokenOfExpress(options), express.text({ type: form }));
  app.use((request, response) => {
    response.send(speakerOf(request, options));
  });
  return served(app);
}

function fastifyApi(options: RequireTokenOptions, hook: "onRequest" | "preHandler"): Api {
  const app = fastify();
  app.addContentTypeParser(form, { parseAs: "string" }, (_request, body, done) => {
    done(null, hook === "preHandler" ? Object.fromEntries(new URLSearchParams(`${body}`)) : body);
  });
  app.all("*", { [hook]: requireTokenOfFastify(options) }, async (request) =>
    speakerOf(request, options),
  );
  return served(async (request, response) => {
    await app.ready();
    app.routing(request, response);
  });
}

/**
 * The routes that are protected on real servers of the frameworks of Node.js, before the body was read and after: each answers the
 * subject of the token, as those of `protectedApis` do.
 */
export const frameworkApis: Readonly<Record<string, (options: RequireTokenOptions) => Api>> = {
  "requireToken of Express": (options) => expressApi(options),
  "requireToken of Express, after a parser": (options) =>
    expressApi(options, express.urlencoded({ limit: "1mb" })),
  "requireToken of Fastify": (options) => fastifyApi(options, "onRequest"),
  "requireToken of Fastify, after a parser": (options) => fastifyApi(options, "preHandler"),
  "requireToken of Express, in node:http"(options) {
    const guard = requireTokenOfExpress(options);
    return served(
      (request: Parameters<typeof guard>[0] & Parameters<RequestListener>[0], response) =>
        guard(request, response, () => response.end(speakerOf(request, options))),
    );
  },
};

/** Serves while a test runs, and asks over loopback. */
export function served(listener: RequestListener): Api {
  let server: Promise<Server> | undefined;
  return async (request) => {
    server ??= start(listener);
    const { port } = (await server).address() as AddressInfo;
    const { pathname, search } = new URL(request.url);
    return fetch(`http://127.0.0.1:${port}${pathname}${search}`, {
      method: request.method,
      headers: request.headers,
      ...(request.body && { body: await request.bytes() }),
    });
  };
}

/** Listens on loopback while a test runs. */
export async function start(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
