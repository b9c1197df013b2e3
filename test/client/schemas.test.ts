import { expectTypeOf, test } from "vitest";
import type { Schemas } from "../../src/client/schemas.ts";
import type { ServiceErrorCode, Step } from "../../src/client.ts";
import type { IdentityErrorCode } from "../../src/domain/errors.ts";

test("the codes that the client knows are those of the service", () => {
  expectTypeOf<ServiceErrorCode>().toEqualTypeOf<IdentityErrorCode>();
});

test("each challenge of the document is a step", () => {
  type Others = "signed_in" | "unknown";

  expectTypeOf<Exclude<Step["type"], Others>>().toEqualTypeOf<Schemas["Challenge"]["type"]>();
});
