/**
 * Closes texts for whoever keeps them for us, a browser above all: they can be neither read nor changed there, and what was
 * sealed for one purpose is nothing for another.
 */
export interface Seal {
  /**
   * @param purpose - a name of ours
   * @returns letters, digits, `-`, `_` and `.` alone, so that it fits into a cookie
   */
  seal(purpose: string, text: string): Promise<string>;

  /**
   * Gives the text, or nothing for what was not sealed here, was sealed for another purpose, was changed, or was sealed
   * with a secret that is not listed any more.
   */
  open(purpose: string, sealed: string): Promise<string | undefined>;
}
