import * as z from "zod/mini";
import { reasonsInWords } from "./reasons.ts";
import { onFirstUse, schemas, text } from "./registry.ts";

const MemberFault = onFirstUse(() =>
  z
    .object({
      pointer: text(
        "A JSON pointer into the request body (RFC 6901), or the name of a parameter of the path or the query after a slash, such as `/limit`.",
      ),
      reason: z.string().register(schemas, { description: reasonsInWords() }),
    })
    .register(schemas, {
      id: "MemberFault",
      description: "What is wrong with one member. Never holds its value.",
    }),
);

export const Problem = onFirstUse(() =>
  z
    .object({
      type: z
        .string()
        .register(schemas, { description: "The kind of problem as a URI.", format: "uri" }),
      title: text("The kind of problem in words."),
      status: z.int().check(z.minimum(400), z.maximum(599)).register(schemas, {
        description: "The HTTP status.",
      }),
      detail: z.optional(text("More on this occurrence.")),
      instance: z.string().register(schemas, {
        description: "This occurrence: the request id as a URN.",
        format: "uri",
      }),
      code: text("The stable machine name of the problem. Test this, not the words."),
      errors: z.optional(z.array(MemberFault())),
    })
    .register(schemas, {
      id: "Problem",
      description: "A problem document (RFC 9457).",
    }),
);
