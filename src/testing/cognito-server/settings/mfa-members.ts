import { choice, flag, structure, text } from "../wire/constraints.ts";
import { emailMessage, emailMfaSubject, smsConfiguration, smsMessage } from "./message-members.ts";

/** The members of a pool's second factors and passkeys. */
export const poolMfaMembers = {
  MfaConfiguration: choice("OFF", "ON", "OPTIONAL"),
  SmsMfaConfiguration: structure({
    SmsAuthenticationMessage: smsMessage,
    SmsConfiguration: smsConfiguration,
  }),
  SoftwareTokenMfaConfiguration: structure({ Enabled: flag() }),
  EmailMfaConfiguration: structure({ Message: emailMessage, Subject: emailMfaSubject }),
  WebAuthnConfiguration: structure({
    RelyingPartyId: text({ min: 1, max: 127 }),
    UserVerification: choice("required", "preferred"),
    FactorConfiguration: choice("SINGLE_FACTOR", "MULTI_FACTOR_WITH_USER_VERIFICATION"),
  }),
};
