import type { SecondFactors } from "../../ports/index.ts";
import { notSupported } from "./errors.ts";

/** Makes the second factors facet of the port. */
export function createSecondFactors(): SecondFactors {
  return {
    getMfa: notSupported,
    startTotp: notSupported,
    confirmTotp: notSupported,
    setMfa: notSupported,
  };
}
