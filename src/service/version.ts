/** The version of the package: that of `package.json`, which no bundle has. */
export const version = "0.1.0";
