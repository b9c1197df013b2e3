import type { components } from "../../src/client/generated/api.ts";
import type { JsonObject } from "../../src/domain/challenge.ts";
import { newDevice } from "../adapters/webauthn/support.ts";

type Schemas = components["schemas"];
type Flaw = Parameters<ReturnType<typeof newDevice>["get"]>[1];

/** Gives a browser, one without passkeys unless it is given, whose credentials have the forms that the document says. */
export function newTypedDevice(device = newDevice()) {
  return {
    get ids() {
      return device.ids;
    },
    async create(options: JsonObject, flaw?: Flaw) {
      return (await device.create(options, flaw)) as Schemas["RegistrationCredential"];
    },
    async get(options: JsonObject, flaw?: Flaw) {
      return (await device.get(options, flaw)) as Schemas["AuthenticationCredential"];
    },
  };
}
