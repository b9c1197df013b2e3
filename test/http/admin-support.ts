import type { MemoryIdentityProviderOptions } from "../../src/adapters/memory/index.ts";
import { adminGroup, password, startService, username } from "./support.ts";

export const administrators = { groups: [adminGroup], scopes: [] };
export const ada = `/v1/admin/users/${username}`;

/** A service with a user and an administrator. */
export async function startAdministered(provider: MemoryIdentityProviderOptions = {}) {
  const service = startService({ provider, administrators });
  await service.signUp();
  const token = await service.adminToken();
  return {
    ...service,
    act: (method: string, target: string, body?: object) =>
      service.send(method, target, { token, ...(body && { body }) }),
  };
}

/** All that administrators do. */
export const everything = [
  ["GET", "/v1/admin/users"],
  ["POST", "/v1/admin/users", { username: "eve@example.com" }],
  ["GET", ada],
  ["PATCH", ada, { attributes: { name: "Eve" } }],
  ["DELETE", ada],
  ["POST", `${ada}/invitation`],
  ["POST", `${ada}/confirm`],
  ["POST", `${ada}/disable`],
  ["POST", `${ada}/enable`],
  ["POST", `${ada}/reset-password`],
  ["POST", `${ada}/set-password`, { password }],
  ["POST", `${ada}/sign-out`],
  ["DELETE", `${ada}/mfa`],
  ["GET", `${ada}/groups`],
  ["PUT", `${ada}/groups/${adminGroup}`],
  ["DELETE", `${ada}/groups/${adminGroup}`],
] as const;
