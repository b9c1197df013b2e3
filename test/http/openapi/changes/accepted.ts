const forCookies = "only requests with `Portico-Session` get it, and there were none";
const described = "described, and judged as before: what is no credential gets `passkey_rejected`";

/** The changes since each release that break by the rules, and by nobody's experience, each with the reason. */
export const accepted: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "0.1.0": {
    "response-variant-added POST /v1/sign-in 200 (session_started)": forCookies,
    "response-variant-added POST /v1/sign-in/challenge 200 (session_started)": forCookies,
    ...ofCredential("POST /v1/sign-in/challenge"),
    ...ofCredential("POST /v1/me/passkeys"),
  },
};

function ofCredential(operation: string): Readonly<Record<string, string>> {
  const members = ["id", "rawId", "type", "response"];
  const rule = "request-required-property-added";
  return Object.fromEntries(
    members.map((name) => [`${rule} ${operation} request /credential/${name}`, described]),
  );
}
