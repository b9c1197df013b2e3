const key = "portico-username";

/** Gives the name of whoever wanted to stay signed in here last. */
export function rememberedName(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    // Where a browser keeps nothing, nobody is remembered.
    return undefined;
  }
}

/** Remembers a name for the next sign-in, where its owner wanted to stay signed in; forgets any where not. */
export function rememberName(username: string, isWanted: boolean): void {
  try {
    if (isWanted) localStorage.setItem(key, username);
    else localStorage.removeItem(key);
  } catch {
    // As above.
  }
}
