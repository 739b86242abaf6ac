// biome-ignore lint/suspicious/noExplicitAny: any function, called with what was sent for it
export type AnyFunction = (...args: any[]) => unknown

/** How a function is found, or made, on the other side of a link. */
export type Reference =
  | { readonly kind: 'remote'; readonly url: string; readonly name: string; readonly nth: number }
  | { readonly kind: 'export'; readonly url: string; readonly name: string }
  | { readonly kind: 'inline'; readonly name: string; readonly code: string }
