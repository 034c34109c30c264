// The build looks into public/encoders, so that the page never asks the server for one that is not there. Only the names are used.
const files = import.meta.glob('/public/encoders/*/model.json', { query: '?url' });

/** Objects whose trained encoder ships with the page. */
export const SHIPPED_ENCODERS: readonly string[] = Object.keys(files).map((path) => path.split('/').at(-2) ?? '');
