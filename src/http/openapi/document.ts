import { OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import type * as z from "zod/mini";
import type { Operation } from "../operation.ts";
import { operations } from "../operations.ts";
import { headerRef, registerComponents } from "./components.ts";
import { parametersOf } from "./parameters.ts";
import { type ProblemKind, problemKinds, problemResponses } from "./problems.ts";
import { exampleIds, schemaId } from "./schema-components.ts";

/** An OpenAPI 3.1 document. */
export type OpenApiDocument = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;

const about = {
  // Not 3.1.1, which says the same and which fewer tools take.
  openapi: "3.1.0",
  info: {
    title: "Portico",
    version: "1.0.0",
    summary: "Accounts and sessions over any identity provider.",
    description: [
      "Sign-up, sign-in, sessions, passwords, second factors, passkeys, profiles and their administration as plain JSON over HTTPS, whichever identity provider stands behind. What the provider cannot do gets 501 `not_supported`.",
      "Every error is a problem document (RFC 9457) with a stable `code`; each operation lists the codes that it can answer with. A method that a path does not take gets 405 `method_not_allowed` with `Allow`, a path that is not served 404 `not_found`, and a request whose `Host` is none 400 `malformed_request`.",
      "What is wrong with a request is told by `errors`: each names a member of the body by a JSON pointer, or a parameter of the path or the query by its name after a slash, such as `/limit`.",
      "Members that an operation does not know are refused in requests. Ignore those that you do not know in answers: there can be new ones.",
    ].join("\n\n"),
    contact: { name: "Whoever runs this service" },
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
  servers: [{ url: "/", description: "The service that serves this document." }],
  tags: [
    { name: "Registration", description: "How accounts come to be." },
    { name: "Sessions", description: "How sessions begin, go on and end." },
    { name: "Passwords", description: "How passwords are replaced." },
    { name: "Profile", description: "What the identity provider knows of the user." },
    { name: "Second factors", description: "What a user shows besides the password." },
    { name: "Passkeys", description: "How a user signs in without a password." },
    {
      name: "Administration",
      description:
        "For users in a group, or with a scope, that the service is set up with: all others get 403 `insufficient_scope`.",
    },
    {
      name: "Service",
      description: "For APIs that verify tokens, and for whoever runs the service.",
    },
  ],
};

/**
 * Builds the OpenAPI document of {@link operations}. It takes a generator and some time, neither of which belongs into
 * the start of a Worker: import this module where the document is asked for, and no earlier.
 */
export function openApiDocument(): OpenApiDocument {
  const { openAPIRegistry: registry, getOpenAPI31Document } = new OpenAPIHono();
  registerComponents(registry);
  const responseOf = problemResponses(registry);
  for (const [operationId, operation] of Object.entries(operations)) {
    registry.registerPath(pathOf(operationId, operation, responseOf));
  }
  const { components, paths, webhooks: _none, ...head } = getOpenAPI31Document(about);
  return { ...head, ...(paths && { paths }), ...(components && { components }) };
}

function pathOf(
  operationId: string,
  operation: Operation,
  responseOf: (problem: ProblemKind) => RouteConfig["responses"][string],
): RouteConfig {
  const { method, path, tag, summary, description, session, body, form, answer } = operation;
  const requestType = form ? "application/x-www-form-urlencoded" : "application/json";
  const kinds = problemKinds(operation);
  // The tokens of a browser's session are in its cookies.
  const isOfCookies = session === "renews" || session === "ends";
  return {
    operationId,
    method,
    path,
    tags: [tag],
    summary,
    description,
    ...parametersOf(operation),
    security: securityOf(operation),
    ...(body && {
      request: { body: { required: !isOfCookies, content: contentOf(body(), requestType) } },
    }),
    responses: {
      [answer.status]: {
        description: answer.description,
        headers: {
          "X-Request-Id": headerRef("RequestId"),
          ...(answer.maxAgeSeconds !== undefined && { ETag: headerRef("EntityTag") }),
        },
        ...(answer.schema && {
          content: contentOf(answer.schema(), answer.mediaType ?? "application/json"),
        }),
      },
      ...(session === "renews" && { 204: renewed }),
      ...(answer.maxAgeSeconds !== undefined && { 304: unchanged }),
      ...Object.fromEntries(kinds.map((kind) => [kind.status, responseOf(kind)])),
    },
  };
}

const renewed = {
  description: "The cookies hold new tokens: for requests with `Portico-Session` alone.",
  headers: { "X-Request-Id": headerRef("RequestId") },
};

const unchanged = {
  description: "What the caller has kept is what there is.",
  headers: { "X-Request-Id": headerRef("RequestId"), ETag: headerRef("EntityTag") },
};

function securityOf({ bearer, client, operator, session }: Operation) {
  return [
    ...(bearer === "optional" ? [{}] : []),
    ...(bearer ? [{ accessToken: [] }] : []),
    ...(bearer || session === "renews" ? [{ browserSession: [] }] : []),
    ...(session === "renews" ? [{}] : []),
    ...(client ? [{ client: [] }] : []),
    ...(operator ? [{ operator: [] }, {}] : []),
  ];
}

function contentOf(schema: z.ZodMiniType, mediaType: string) {
  const examples = exampleIds(schema).map((id) => [id, { $ref: `#/components/examples/${id}` }]);
  return {
    [mediaType]: {
      schema: { $ref: `#/components/schemas/${schemaId(schema)}` },
      examples: Object.fromEntries(examples),
    },
  };
}
