/** Who signs up under this name becomes an administrator: by the name alone, or once they are promoted. */
export const administratorName = "user-administrator@example.com";
export const administratorGroup = "admins";
