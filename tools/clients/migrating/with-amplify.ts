import {
  confirmSignIn,
  confirmSignUp,
  fetchAuthSession,
  fetchUserAttributes,
  signIn,
  signOut,
  signUp,
} from "aws-amplify/auth";

export const accounts = {
  signUp: (username: string, password: string) =>
    signUp({ username, password, options: { userAttributes: { email: username } } }),
  confirm: (username: string, confirmationCode: string) =>
    confirmSignUp({ username, confirmationCode }),
  async signIn(username: string, password: string, askForCode: () => Promise<string>) {
    let { nextStep } = await signIn({ username, password });
    if (nextStep.signInStep === "CONFIRM_SIGN_IN_WITH_TOTP_CODE") {
      ({ nextStep } = await confirmSignIn({ challengeResponse: await askForCode() }));
    }
    return nextStep.signInStep === "DONE";
  },
  profile: () => fetchUserAttributes(),
  /** Calls an API of one's own with the access token, which is in localStorage. */
  async fetchOrders(url: string) {
    const { tokens } = await fetchAuthSession();
    return fetch(url, { headers: { Authorization: `Bearer ${tokens?.accessToken}` } });
  },
  signOut: () => signOut(),
};
