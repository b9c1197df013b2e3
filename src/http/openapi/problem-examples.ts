import type { IdentityErrorCode } from "../../domain/errors.ts";
import { type ProblemContent, problemDocument } from "../problem.ts";
import type { Components } from "./components.ts";

const requestId = "3f2b8a54-0c1d-4e6f-9a7b-5d8c2e1f0a93";

/** The members that are at fault, of problems that name them. */
const errors: Partial<Record<IdentityErrorCode, ProblemContent["errors"]>> = {
  validation_failed: [
    { pointer: "/username", reason: "required" },
    { pointer: "/pasword", reason: "unknown_member" },
  ],
  attribute_not_writable: [{ pointer: "/attributes/email_verified", reason: "not_allowed" }],
  password_policy_violation: [
    { pointer: "/password", reason: "too_short" },
    { pointer: "/password", reason: "missing_digit" },
  ],
  password_compromised: [{ pointer: "/password", reason: "compromised" }],
};

/** Registers an example of each of some problems. */
export function registerProblemExamples(
  registry: Components,
  codes: ReadonlySet<IdentityErrorCode>,
): void {
  for (const code of codes) {
    const value = problemDocument({ code, errors: errors[code] ?? [] }, requestId);
    registry.registerComponent("examples", exampleIdOf(code), { value });
  }
}

/** Names the example of a problem. */
export function exampleIdOf(code: IdentityErrorCode): string {
  const name = code.replace(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase());
  return `${name}Problem`;
}
