// The build looks into public/networks, so that the page never asks the server for one that is not there. Only the names are used.
const files = import.meta.glob('/public/networks/*/model.json', { query: '?url' });

/** Trained networks that ship with the page: "classify-pointnet", "segment-mug-pointnet". */
export const SHIPPED_NETWORKS: readonly string[] = Object.keys(files).map((path) => path.split('/').at(-2) ?? '');
