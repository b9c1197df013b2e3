/** Passwords that attackers know and try first, as they are common or were stolen elsewhere. */
export interface CompromisedPasswords {
  /**
   * Tells whether a password is among them. Where that cannot be found out, or not in time, it is taken for none and the
   * operator hears of it: a list that cannot be reached keeps nobody from an account. It never throws, and the password,
   * or what it could be told by, goes nowhere.
   *
   * @see https://pages.nist.gov/800-63-4/sp800-63b.html NIST SP 800-63B-4, section 3.1.1.2
   */
  has(password: string): Promise<boolean>;
}
