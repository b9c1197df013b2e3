import type { SecondFactors } from "../../ports/index.ts";
import { notSupported } from "./not-supported.ts";

/** Makes the facet through which second factors are set up. */
export function createSecondFactors(): SecondFactors {
  return {
    getMfa: notSupported,
    startTotp: notSupported,
    confirmTotp: notSupported,
    setMfa: notSupported,
  };
}
