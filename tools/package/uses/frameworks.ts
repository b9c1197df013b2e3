// The calls that an API makes of the guards of its framework, by their types.
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import type { TokenVerifier } from "portico-jwt";
import { requireToken } from "portico-jwt/express";
import { requireToken as requireTokenOfFastify } from "portico-jwt/fastify";
import { bearerAuth } from "portico-jwt/hono";

declare const verifier: TokenVerifier;

new Hono().get("/orders", bearerAuth({ verifier }), (c) => c.text(c.var.principal.subject));

express().get("/orders/:id", requireToken({ verifier }), (request, response) => {
  response.json({ order: request.params.id, customer: request.principal?.subject });
});

const onRequest = requireTokenOfFastify({ verifier });
fastify().get("/orders", { onRequest }, async (request) => request.principal?.subject);

express().get("/orders", (request, response) => {
  // @ts-expect-error The route may be left open.
  response.send(request.principal.subject);
});
