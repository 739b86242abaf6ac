// biome-ignore lint/suspicious/noExplicitAny: any function, called with what was sent for it
export type AnyFunction = (...args: any[]) => unknown

/** How a function is found, or made, on the other side of a link. */
export type Reference =
  | {
      readonly kind: 'remote'
      readonly url: string
      /** Nothing, where a bundler has taken it away: then it is known by its place, and by what it looks like. */
      readonly name: string
      /** How many of that name the module declares before it. */
      readonly nth: number
      readonly looks: string | undefined
    }
  | { readonly kind: 'export'; readonly url: string; readonly name: string }
  | { readonly kind: 'inline'; readonly name: string; readonly code: string }
