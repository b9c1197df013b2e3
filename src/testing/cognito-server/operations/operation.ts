import type { Directory } from "../directory/directory.ts";
import { type Read, read, type Shape } from "../wire/constraints.ts";
import { forTriggers } from "../wire/request-context.ts";

/** An operation of the user pools API. */
export interface WireOperation {
  /** Whether it takes AWS credentials. */
  readonly isSigned: boolean;
  /** The checks that the members of a request are read with. */
  readonly members: Shape;
  /** Answers the members of a request. */
  readonly run: (directory: Directory, members: unknown) => Promise<object>;
}

/** A handler of a request whose members were read. */
type Handler<Of extends Shape> = (
  directory: Directory,
  input: Read<Of>,
) => object | Promise<object>;

/** Makes an operation that anyone can call. */
export function openOperation<const Of extends Shape>(
  shape: Of,
  handle: Handler<Of>,
): WireOperation {
  return {
    isSigned: false,
    members: shape,
    run: async (directory, members) => {
      const input = read(shape, members);
      return handle(withMetadata(directory, shape, members), input);
    },
  };
}

/** Metadata that a client sends along is for whichever triggers the operation calls. */
function withMetadata(directory: Directory, shape: Shape, members: unknown): Directory {
  const { request } = directory;
  if (!request || !("ClientMetadata" in shape)) return directory;
  const { ClientMetadata: clientMetadata } = read(forTriggers, members);
  return { ...directory, request: { ...request, ...(clientMetadata && { clientMetadata }) } };
}

/** Makes an operation that takes AWS credentials. */
export function signedOperation<const Of extends Shape>(
  shape: Of,
  handle: Handler<Of>,
): WireOperation {
  return { ...openOperation(shape, handle), isSigned: true };
}
