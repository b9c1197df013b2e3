import type { Administration } from "../../ports/index.ts";
import { notSupported } from "./not-supported.ts";

/** Makes the facet through which administrators manage users. */
export function createAdministration(): Administration {
  return {
    listUsers: notSupported,
    getUser: notSupported,
    createUser: notSupported,
    updateUser: notSupported,
    deleteUser: notSupported,
    confirmUser: notSupported,
    disableUser: notSupported,
    enableUser: notSupported,
    requirePasswordReset: notSupported,
    setPassword: notSupported,
    signOutUser: notSupported,
    listUserGroups: notSupported,
    addToGroup: notSupported,
    removeFromGroup: notSupported,
  };
}
