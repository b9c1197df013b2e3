import { serveLibrary } from "./portico.ts";

export default serveLibrary(
  {
    signUpApproval: true,
    mfa: "required",
    mfaMethods: ["totp"],
    requiredAttributes: ["given_name"],
  },
  { signUpStatus: "approval_required" },
);
