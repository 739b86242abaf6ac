/** A place in a file as it was written: lines and columns from 1. */
export interface Place {
  readonly path: string
  readonly line: number
  readonly column: number
}

/** What is found out about one function. */
export interface FunctionReport extends Place {
  /** `load`, `Store.save`, `Store.#write`, `anonymous`. */
  readonly name: string
  /**
   * `suspendable`: it has a twin. `plain`: it has none, since nothing it calls can reach a switch. `hindered`: it may reach
   * one, and cannot have a twin.
   */
  readonly verdict: 'suspendable' | 'plain' | 'hindered'
  /** What stands in the way of a twin. */
  readonly obstacle: string | undefined
  /** What in it may wait first. */
  readonly first: (Place & { readonly what: string; readonly sourceLine: string }) | undefined
  /** The packages that it calls into. */
  readonly packages: readonly PackageReport[]
}

export interface PackageReport {
  readonly name: string
  /** `plait`: its waits. `listed`: transformed. `unlisted`: not, so nothing underneath can be suspended. `builtin`: Node's. */
  readonly kind: 'plait' | 'listed' | 'unlisted' | 'builtin'
}

/** The answer to a question. */
export type Explanation =
  | {
      readonly kind: 'found'
      readonly functions: readonly FunctionReport[]
      readonly unread: readonly Unread[]
    }
  | { readonly kind: 'unknown'; readonly nearest: readonly string[]; readonly unread: readonly Unread[] }

/** A file that could not be read or has a fault. */
export interface Unread {
  readonly path: string
  readonly reason: string
}
