import * as z from "zod/mini";
import type { Operation } from "../operation.ts";
import { schemas } from "../schemas/registry.ts";
import { withPortablePattern } from "./patterns.ts";

type Parameter = {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
};

/** A parameter that operations share. */
type ParameterRef = { readonly $ref: string };

const sessionParameter: ParameterRef = { $ref: "#/components/parameters/PorticoSession" };
const captchaParameter: ParameterRef = { $ref: "#/components/parameters/PorticoCaptcha" };
const tagParameter: ParameterRef = { $ref: "#/components/parameters/IfNoneMatch" };

/**
 * Gives the parameters of an operation: those of the path as they stand there, those of the query, and the headers by which
 * a browser keeps its tokens in cookies, shows that a captcha was passed, or tells what it has kept.
 */
export function parametersOf(operation: Operation): {
  parameters?: (Parameter | ParameterRef)[];
} {
  const { params, query, bearer, session, captcha, answer } = operation;
  const parameters = [
    ...inPart("path", params?.()),
    ...inPart("query", query?.()),
    ...(bearer || session ? [sessionParameter] : []),
    ...(captcha ? [captchaParameter] : []),
    ...(answer.maxAgeSeconds === undefined ? [] : [tagParameter]),
  ];
  return parameters.length > 0 ? { parameters } : {};
}

function inPart(part: Parameter["in"], schema: z.ZodMiniObject | undefined): readonly Parameter[] {
  if (!schema) return [];
  // The form that comes out of the schema, as everything that goes in is text.
  const { properties = {} } = z.toJSONSchema(schema, {
    metadata: schemas,
    io: "output",
    override: ({ jsonSchema }) => withPortablePattern(jsonSchema),
  });
  return Object.entries(properties).map(([name, property]) => {
    const { description, example, ...rest } = Object(property);
    return {
      name,
      in: part,
      required: part === "path",
      ...(description && { description }),
      schema: rest,
      ...(example && { example }),
    };
  });
}
