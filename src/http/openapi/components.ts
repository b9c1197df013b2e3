import type { OpenAPIHono } from "@hono/zod-openapi";
import { registerSchemas } from "./schema-components.ts";

/** Where the parts that operations share are collected. */
export type Components = OpenAPIHono["openAPIRegistry"];

const headers = {
  RequestId: {
    description: "The id of the request: the one that was sent, where that was a plain UUID.",
    schema: { type: "string", format: "uuid" },
  },
  RetryAfter: {
    description: "When to try again, in seconds.",
    schema: { type: "integer", minimum: 0 },
  },
  EntityTag: {
    description: "The tag of the content: sent as `If-None-Match`, it saves sending that again.",
    schema: { type: "string" },
  },
  Challenge: {
    description:
      "What to authenticate with (RFC 6750 section 3), and why what was sent did not do.",
    schema: { type: "string" },
  },
} as const;

/** Registers everything but the problem responses. */
export function registerComponents(registry: Components): void {
  registry.registerComponent("securitySchemes", "accessToken", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "The access token of a sign-in (RFC 6750).",
  });
  registry.registerComponent("securitySchemes", "browserSession", {
    type: "apiKey",
    in: "cookie",
    name: "__Host-portico",
    description:
      "The cookies of a sign-in with `Portico-Session: cookie`, together with that header: from a page of this service's own origin, or of one that it lists.",
  });
  registry.registerComponent("securitySchemes", "client", {
    type: "http",
    scheme: "basic",
    description:
      "The id and the secret of the client that introspects tokens (RFC 6749 section 2.3.1).",
  });
  registry.registerComponent("securitySchemes", "operator", {
    type: "http",
    scheme: "bearer",
    description: "The token of whoever runs the service, as it was set up.",
  });
  registry.registerComponent("parameters", "PorticoSession", {
    name: "Portico-Session",
    in: "header",
    required: false,
    description:
      "Keeps the tokens of the session in cookies, out of every answer and every page's reach: `cookie` until the browser is closed, `cookie;keep` beyond. From pages of this service's origin, or of one that it lists; page and service have to be same-site.",
    schema: { type: "string", enum: ["cookie", "cookie;keep"] },
  });
  registry.registerComponent("parameters", "IfNoneMatch", {
    name: "If-None-Match",
    in: "header",
    required: false,
    description: "The tags of what the caller has kept (RFC 9110 section 13.1.2).",
    schema: { type: "string" },
  });
  registry.registerComponent("parameters", "PorticoCaptcha", {
    name: "Portico-Captcha",
    in: "header",
    required: false,
    description:
      "The token of a captcha that was passed, good for one request, where the service asks for one: without it 403 `rejected_by_policy`.",
    schema: { type: "string", maxLength: 8192 },
  });
  for (const [name, component] of Object.entries(headers)) {
    registry.registerComponent("headers", name, component);
  }
  registerSchemas(registry);
}

export function headerRef(name: keyof typeof headers) {
  return { $ref: `#/components/headers/${name}` };
}
