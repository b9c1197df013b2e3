export const username = "ada@example.com";
export const password = "Correct-Horse-7";
