// What the reader's pages and the worker agree on about stories that are kept on a device.

export const KEPT = "kept"; // the name of the cache

/** Whether an answer with this status says that there is no story any more. */
export const isGone = (status: number) => status === 404 || status === 410;
