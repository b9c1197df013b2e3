import type { Device } from "../directory/device.ts";
import { bytesOfBase64, numberOf } from "../srp/numbers.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";
import { seconds } from "../wire/times.ts";

/**
 * Reads what a device's password is proven against.
 *
 * @throws {CognitoException} `InvalidParameter` — it is missing, or none
 */
export function secretOf({
  PasswordVerifier,
  Salt,
}: {
  readonly PasswordVerifier?: string;
  readonly Salt?: string;
}): NonNullable<Device["secret"]> {
  const [verifier, salt] = [PasswordVerifier, Salt].map((base64) => bytesOfBase64(base64 ?? ""));
  if (!verifier?.length || !salt?.length)
    throw invalidParameter("DeviceSecretVerifierConfig is not valid.");
  return { verifier: numberOf(verifier), salt };
}

/** Describes a device. */
export function describeDevice(device: Device): object {
  const { key, name, isRemembered, createdAt, updatedAt, authenticatedAt } = device;
  const remembered = isRemembered ? "remembered" : "not_remembered";
  return {
    DeviceKey: key,
    DeviceAttributes: [
      { Name: "device_status", Value: "valid" },
      ...(name === undefined ? [] : [{ Name: "device_name", Value: name }]),
      { Name: "dev:device_remembered_status", Value: remembered },
    ],
    DeviceCreateDate: seconds(createdAt),
    DeviceLastModifiedDate: seconds(updatedAt),
    DeviceLastAuthenticatedDate: seconds(authenticatedAt),
  };
}
