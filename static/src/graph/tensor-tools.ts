/** What draws tensors is fetched with the first one: most programs have none. */
export type TensorTools = typeof import('./tensors');

let tools: TensorTools | null = null;

/** Null until they have arrived. */
export const tensorTools = (): TensorTools | null => tools;

/** Where there is no page, and all comes in one piece. */
export function setTensorTools(given: TensorTools): void {
  tools = given;
}

export async function loadTensorTools(): Promise<void> {
  // The part of the layout engine that makes room for cards comes along.
  const [loaded] = await Promise.all([import('./tensors'), import('../layout')]);
  tools = loaded;
}
