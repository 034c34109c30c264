/** Objects whose trained encoder lies in public/encoders. Asking the server for one that is not there would be an error. */
export const SHIPPED_ENCODERS: readonly string[] = [];
