import type * as z from "zod/mini";
import { IdentityError, isIdentityError } from "../../domain/errors.ts";
import {
  confirmAttribute,
  deleteAccount,
  getProfile,
  startAttributeVerification,
  updateProfile,
} from "../../domain/use-cases/profiles.ts";
import { callerCodes } from "../error-codes.ts";
import type { Handlers, Operations } from "../operation.ts";
import { withMetadata } from "../request/client-metadata.ts";
import { AttributeParams } from "../schemas/parameters.ts";
import {
  AttributeVerificationResponse,
  ConfirmAttributeRequest,
  Profile,
  UpdateProfileRequest,
  UpdateProfileResponse,
} from "../schemas/profiles.ts";
import { profileView } from "../views/account-views.ts";

export const profileOperations = {
  getProfile: {
    method: "get",
    path: "/v1/me",
    tag: "Profile",
    summary: "Read the profile",
    description:
      "Gives the profile of the user as the identity provider has it now. A revoked access token is refused.",
    bearer: true,
    answer: { status: 200, description: "The profile.", schema: Profile },
    codes: callerCodes,
  },
  updateProfile: {
    method: "patch",
    path: "/v1/me",
    tag: "Profile",
    summary: "Change the profile",
    description:
      "Sets attributes of the user; a blank value deletes one. A new address gets a code, and where the identity provider proves addresses first it counts only once the code was confirmed: until then the profile shows the old one, and an address that is another account's gets the same answer.",
    bearer: true,
    freshSignIn: changesAddress,
    body: UpdateProfileRequest,
    answer: {
      status: 200,
      description: "The attributes are set, but for those that have to be confirmed first.",
      schema: UpdateProfileResponse,
    },
    codes: [
      ...callerCodes,
      "attribute_not_writable",
      "alias_taken",
      "too_many_attempts",
      "delivery_failed",
    ],
  },
  deleteAccount: {
    method: "delete",
    path: "/v1/me",
    tag: "Profile",
    summary: "Delete the account",
    description:
      "Deletes the account for good: every token of it is dead and its user name is free again.",
    bearer: true,
    freshSignIn: true,
    session: "ends",
    answer: { status: 204, description: "The account is gone." },
    codes: callerCodes,
  },
  startAttributeVerification: {
    method: "post",
    path: "/v1/me/attributes/{name}/verification",
    tag: "Profile",
    summary: "Get a code for an address",
    description:
      "Sends a code that proves an address of the user, `email` or `phone_number`, which makes any code before it worthless.",
    bearer: true,
    freshSignIn: true,
    params: AttributeParams,
    answer: {
      status: 202,
      description: "The code is on its way.",
      schema: AttributeVerificationResponse,
    },
    codes: [...callerCodes, "too_many_attempts", "delivery_failed"],
  },
  confirmAttribute: {
    method: "post",
    path: "/v1/me/attributes/{name}/verification/confirm",
    tag: "Profile",
    summary: "Prove an address",
    description:
      "Proves an address of the user with the code that was sent to it, which is then spent, and makes a new address count.",
    bearer: true,
    freshSignIn: true,
    params: AttributeParams,
    body: ConfirmAttributeRequest,
    answer: { status: 204, description: "The address is proven." },
    codes: [...callerCodes, "code_mismatch", "code_expired", "alias_taken", "too_many_attempts"],
  },
} as const satisfies Operations;

export function profileHandlers(): Handlers<typeof profileOperations> {
  return {
    getProfile: async ({ caller }, ports) => profileView(await getProfile(ports, caller)),
    async updateProfile({ caller, body }, ports) {
      const required = await updateProfile(ports, caller, withMetadata(body));
      return { verification_required: [...required] };
    },
    async deleteAccount({ caller }, ports) {
      await deleteAccount(ports, caller);
      return undefined;
    },
    async startAttributeVerification({ caller, params }, ports) {
      const delivery = await named(startAttributeVerification(ports, caller, params.name));
      return delivery ? { delivery } : {};
    },
    async confirmAttribute({ caller, params, body }, ports) {
      await named(confirmAttribute(ports, caller, { attribute: params.name, code: body.code }));
      return undefined;
    },
  };
}

/** Tells whether a change is one of an address, to which codes go that open the account. */
function changesAddress({ attributes }: z.output<ReturnType<typeof UpdateProfileRequest>>) {
  return Object.hasOwn(attributes, "email") || Object.hasOwn(attributes, "phone_number");
}

/** Tells a fault of the domain's `attribute` as one of `name`, as the path has it. */
async function named<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isIdentityError(error, "validation_failed")) throw error;
    const violations = error.violations.map(({ path: [member = "", ...rest], reason }) => ({
      path: [member === "attribute" ? "name" : member, ...rest],
      reason,
    }));
    throw new IdentityError(error.code, { violations, cause: error });
  }
}
