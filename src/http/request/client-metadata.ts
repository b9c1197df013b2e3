import type { ClientMetadata, WithClientMetadata } from "../../domain/client-metadata.ts";
import { jsonPointer, type ProblemMember } from "../problem.ts";

interface Body {
  readonly client_metadata?: ClientMetadata;
}

/** Gives a body as a use case takes it. */
export function withMetadata<B extends Body>(
  body: B,
): Omit<B, "client_metadata"> & WithClientMetadata {
  const { client_metadata: clientMetadata, ...others } = body;
  return { ...others, ...(clientMetadata && { clientMetadata }) };
}

/**
 * Finds what a body has for the operator's code that its settings do not list: code that was written for one caller trusts
 * what another one could say.
 */
export function unlistedMetadata(
  body: unknown,
  listed: readonly string[],
): readonly ProblemMember[] {
  const { client_metadata: metadata = {} }: Body = Object(body);
  return Object.keys(metadata)
    .filter((name) => !listed.includes(name))
    .map((name) => ({ pointer: jsonPointer(["client_metadata", name]), reason: "not_allowed" }));
}
