import { expect, it } from "vitest";
import { issuerOf } from "../../../../src/adapters/cognito/wire/issuer.ts";

it.each([
  ["eu-central-1", "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_example"],
  ["us-gov-west-1", "https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_example"],
  ["cn-north-1", "https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_example"],
  ["eusc-de-east-1", "https://cognito-idp.eusc-de-east-1.amazonaws.eu/eusc-de-east-1_example"],
])("names the issuer of a pool in %s by its partition", (region, issuer) => {
  expect(issuerOf(region, `${region}_example`)).toBe(issuer);
});
