// The limits of the HTTP interface, each with its reason.

/** A command's commit body may be 64 KB and more of text than of events; a photo comes later, by its own way. */
export const MAX_BODY_BYTES = 256 * 1024;
/** The deepest input known has 5 levels. Deeper ones are refused before parsers that recurse see them. */
export const MAX_JSON_DEPTH = 32;
/** `?input=` of a query: what proxies and logs bear. */
export const MAX_QUERY_STRING = 8 * 1024;
/** Longest user name and password: argon2id of megabytes would be a way to tire a hub. */
export const MAX_USER_CHARS = 128;
export const MAX_PASSWORD_CHARS = 1024;
/** Tokens are 22 to 86 characters; whatever is longer is none. */
export const MAX_TOKEN_CHARS = 200;
