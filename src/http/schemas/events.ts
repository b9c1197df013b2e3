import * as z from "zod/mini";
import { nextCursor } from "./fields.ts";
import { onFirstUse, schemas, text } from "./registry.ts";

const SecurityEvent = onFirstUse(() =>
  z
    .object({
      id: text("The id of the event."),
      type: text("What was done or tried, such as `sign_in`. There can be new ones."),
      outcome: z.enum(["success", "failure"]),
      time: text("When it was, in ISO 8601."),
      request_id: z.exactOptional(text("The id of the request that it came of.")),
      trace_id: z.exactOptional(text("The id of the trace that the request belongs to.")),
      address: z.exactOptional(text("The address that the request came from.")),
      account: z.exactOptional(text("The account that was named, by a keyed hash of the name.")),
      subject: z.exactOptional(
        text(
          "Whose account it is, as tokens name the user; of `administration` the administrator.",
        ),
      ),
      action: z.exactOptional(text("What an administrator did.")),
      code: z.exactOptional(
        text("Of a failure: its code, which the caller may not have been told."),
      ),
      challenge: z.exactOptional(text("What a sign-in asked for next.")),
      policy: z.exactOptional(text("The limit that was met.")),
      rejection: z.exactOptional(text("Why a token was refused.")),
      rejection_reason: z.exactOptional(text("Which of the faults it was that this stands for.")),
      count: z.exactOptional(
        z.int().register(schemas, {
          description:
            "How many there were like it, of which this is the latest: tokens that one address shows and that are refused for one reason are told of once a minute.",
        }),
      ),
    })
    .register(schemas, { id: "SecurityEvent", description: "Something that was done or tried." }),
);

export const EventsResponse = onFirstUse(() =>
  z.object({ events: z.array(SecurityEvent()), cursor: nextCursor() }).register(schemas, {
    id: "EventsResponse",
    description: "A page of security events, the newest first.",
    example: {
      events: [
        {
          id: "019a5c3b7d1000004f1f0b6a2c9d8e7f",
          type: "sign_in",
          outcome: "failure",
          time: "2026-11-30T08:52:31.120Z",
          request_id: "3f2f8f0a-9d4b-4c55-8f9e-2b1c8d7e6f50",
          address: "203.0.113.7",
          account: "7a50d544602e4be359ce8286669ce268",
          code: "invalid_credentials",
        },
      ],
      cursor: "bmV4dA",
    },
  }),
);
