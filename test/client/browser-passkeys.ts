import type { JsonObject } from "../../src/domain/challenge.ts";
import type { PasskeyDevice } from "../../src/testing/identity-provider/steps/passkey-device.ts";

/** The parts of a request to a browser, besides the options of the ceremony. */
interface Asked {
  readonly publicKey: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  readonly mediation?: string;
}

/** How a test has a browser behave. */
export interface BrowserPasskeysOptions {
  /** Whether the browser reads and writes the JSON itself, as newer ones do. */
  readonly hasJson: boolean;
  /** Is waited for before the user has picked a passkey. */
  readonly pick?: (asked: Asked) => Promise<void>;
}

/**
 * A browser's Web Authentication over a device, for `vi.stubGlobal`: the options have to come as buffers, and a signal ends
 * a ceremony.
 */
export function browserPasskeys(
  device: PasskeyDevice,
  { hasJson, pick = async () => undefined }: BrowserPasskeysOptions,
) {
  const asked: Asked[] = [];

  async function ceremony(
    ask: Asked,
    perform: (options: JsonObject) => Promise<JsonObject>,
  ): Promise<object> {
    asked.push(ask);
    const { signal } = ask;
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason));
    });
    await Promise.race([pick(ask), aborted]);
    const json = await perform(withTexts(ask.publicKey) as JsonObject);
    return credentialOf(json, hasJson);
  }

  const PublicKeyCredential = {
    isConditionalMediationAvailable: async () => true,
    ...(hasJson && {
      parseRequestOptionsFromJSON: withBuffers,
      parseCreationOptionsFromJSON: withBuffers,
    }),
  };
  const credentials = {
    get: (ask: Asked) => ceremony(ask, (options) => device.get(options)),
    create: (ask: Asked) => ceremony(ask, (options) => device.create(options)),
  };
  return { PublicKeyCredential, navigator: { credentials }, asked };
}

/** The members that are buffers in a browser, and base64url in JSON. */
const binary = ["challenge", "id", "rawId"];
const ofResponse = [
  "clientDataJSON",
  "attestationObject",
  "authenticatorData",
  "signature",
  "userHandle",
];

const toBytes = (text: string) => Uint8Array.from(Buffer.from(text, "base64url")).buffer;

function toText(value: unknown): string {
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer).toString("base64url");
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString("base64url");
  throw new TypeError("a browser takes buffers");
}

/** Changes the members that are buffers, in the options and in what they hold, but for the id of the site. */
function changed(value: unknown, change: (value: never) => unknown, parent = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => changed(item, change, parent));
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      binary.includes(name) && parent !== "rp"
        ? change(member as never)
        : changed(member, change, name),
    ]),
  );
}

const withBuffers = (json: unknown) => changed(json, toBytes);
const withTexts = (options: unknown) => changed(options, toText);

/** A credential as a browser gives it. */
function credentialOf(json: JsonObject, hasJson: boolean): object {
  if (hasJson) return { toJSON: () => json };
  const { response, clientExtensionResults, id, rawId, ...others } = json as JsonObject & {
    response: JsonObject;
  };
  const members = Object.entries(response).map(([name, value]) => [
    name,
    ofResponse.includes(name) ? toBytes(String(value)) : value,
  ]);
  return {
    ...others,
    id,
    rawId: toBytes(String(rawId ?? id)),
    response: { ...Object.fromEntries(members), getTransports: () => ["internal"] },
    getClientExtensionResults: () => clientExtensionResults ?? {},
  };
}
