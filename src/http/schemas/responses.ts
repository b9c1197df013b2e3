import * as z from "zod/mini";
import { onFirstUse, schemas, text } from "./registry.ts";

// Answers are open objects: members can be added to them without a new version.

export const Delivery = onFirstUse(() =>
  z
    .object({
      medium: z.enum(["email", "sms"]),
      destination: text("The address, masked."),
    })
    .register(schemas, {
      id: "Delivery",
      description: "Where a code was sent.",
    }),
);

export const SignUpResponse = onFirstUse(() =>
  z
    .object({
      status: z
        .enum(["confirmation_required", "confirmed", "approval_required"])
        .register(schemas, {
          description:
            "`confirmation_required`: confirm with the code that was sent. `confirmed`: sign in. `approval_required`: an administrator has to allow it first.",
        }),
      delivery: z.optional(Delivery()),
    })
    .register(schemas, {
      id: "SignUpResponse",
      description:
        "How the sign-up goes on. `delivery` is there only where the service shows which user names are taken.",
      example: { status: "confirmation_required" },
    }),
);

export const ConfirmSignUpResponse = onFirstUse(() =>
  z.object({ status: z.literal("confirmed") }).register(schemas, {
    id: "ConfirmSignUpResponse",
    description: "The account is confirmed.",
    example: { status: "confirmed" },
  }),
);

export const AcceptedResponse = onFirstUse(() =>
  z.object({ status: z.literal("accepted") }).register(schemas, {
    id: "AcceptedResponse",
    description: "The same for every user name, known or not.",
    example: { status: "accepted" },
  }),
);

export const ResetPasswordResponse = onFirstUse(() =>
  z.object({ status: z.literal("password_reset") }).register(schemas, {
    id: "ResetPasswordResponse",
    description: "The new password is set.",
    example: { status: "password_reset" },
  }),
);

export const JsonWebKeySet = onFirstUse(() =>
  z
    .object({
      keys: z.array(
        z.looseObject({
          kty: text("The family of the key, such as `RSA`."),
          kid: z.optional(text("The id that tokens name the key by.")),
          alg: z.optional(text("The algorithm that the key is for.")),
          use: z.optional(text("`sig`: the key verifies signatures.")),
        }),
      ),
    })
    .register(schemas, {
      id: "JsonWebKeySet",
      description: "Public keys (RFC 7517 section 5).",
      example: {
        keys: [
          {
            kty: "RSA",
            kid: "access-1",
            alg: "RS256",
            use: "sig",
            n: "sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri",
            e: "AQAB",
          },
        ],
      },
    }),
);

export const ProtectedResourceMetadata = onFirstUse(() =>
  z
    .object({
      resource: text("The identifier of this API: its own address."),
      authorization_servers: z
        .array(z.string())
        .register(schemas, { description: "The issuers whose access tokens it takes." }),
      bearer_methods_supported: z.array(z.literal("header")),
      scopes_supported: z.optional(z.array(z.string())),
    })
    .register(schemas, {
      id: "ProtectedResourceMetadata",
      description: "What a client has to know before it asks for a token (RFC 9728 section 2).",
      example: {
        resource: "https://api.example.com",
        authorization_servers: ["https://id.example.com"],
        bearer_methods_supported: ["header"],
      },
    }),
);

export const MetricsText = onFirstUse(() =>
  z.string().register(schemas, {
    id: "MetricsText",
    description: "Metrics in the text format of Prometheus, version 0.0.4.",
    example:
      'http_server_request_duration_seconds_count{http_request_method="GET",http_route="/v1/session",http_response_status_class="2xx"} 12\n',
  }),
);

export const LivenessResponse = onFirstUse(() =>
  z.object({ status: z.literal("live") }).register(schemas, {
    id: "LivenessResponse",
    description: "The process answers.",
    example: { status: "live" },
  }),
);

export const ReadinessResponse = onFirstUse(() =>
  z
    .object({
      status: z.literal("ready"),
      warnings: z.optional(
        z.array(z.string()).register(schemas, {
          description:
            "What whoever runs the service should mend, told to nobody else, by names that its documentation explains: `unlisted_proxy`, as a proxy forwards that `TRUSTED_PROXIES` does not name, so that no limit by address holds.",
        }),
      ),
    })
    .register(schemas, {
      id: "ReadinessResponse",
      description: "Requests can be sent here.",
      example: { status: "ready" },
    }),
);
