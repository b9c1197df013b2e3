import { passwordMaxLength } from "../../../domain/credentials.ts";
import {
  type CharacterKind,
  characterKinds,
  type NameKind,
  nameKinds,
  type PasswordRules,
  type ProviderSetUp,
} from "../../../domain/set-up.ts";

/** The settings by which an operator says how the pool is set up, where the service cannot read it. */
export interface StatedSettings {
  readonly COGNITO_SIGN_UP?: "open" | "closed" | undefined;
  readonly COGNITO_USERNAMES?: readonly NameKind[] | undefined;
  readonly COGNITO_REQUIRED_ATTRIBUTES?: readonly string[] | undefined;
  readonly COGNITO_MFA?: "optional" | "required" | undefined;
  readonly COGNITO_PASSWORD_RULES?: PasswordRules | undefined;
}

/** Reads the set-up of a pool off the settings. */
export function statedSetUp(read: StatedSettings): ProviderSetUp {
  const { COGNITO_SIGN_UP: signUp, COGNITO_USERNAMES: names, COGNITO_MFA: mfa } = read;
  const { COGNITO_REQUIRED_ATTRIBUTES: required, COGNITO_PASSWORD_RULES: password } = read;
  return {
    signUp: {
      ...(signUp && { isOpen: signUp === "open" }),
      ...(names && { names }),
      ...(required && { requiredAttributes: required }),
    },
    signIn: names ? { names } : {},
    ...(mfa && { isSecondFactorRequired: mfa === "required" }),
    ...(password && { password }),
  };
}

/** Tells whether a text is the name of a kind of name. */
export function isNameKind(name: string): name is NameKind {
  const known: readonly string[] = nameKinds;
  return known.includes(name);
}

/** Reads rules such as `8,lowercase,digit`: nothing where they are none. */
export function readPasswordRules(text: string): PasswordRules | undefined {
  const [length = "", ...kinds] = text.split(",").map((item) => item.trim());
  const minLength = /^\d{1,2}$/.test(length) ? Number(length) : 0;
  if (minLength < 6 || !kinds.every(isCharacterKind)) return undefined;
  return { minLength, maxLength: passwordMaxLength, requires: kinds };
}

function isCharacterKind(name: string): name is CharacterKind {
  const known: readonly string[] = characterKinds;
  return known.includes(name);
}
