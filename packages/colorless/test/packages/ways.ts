/**
 * How a program is run: as it is; transformed, but called from outside any greenlet; inside one; inside one, with a switch
 * forced at every so manieth call.
 */
export type Way = 'untransformed' | 'outside' | 'inside' | number

/** What a run gave. */
export interface Run {
  /** Of its output. */
  readonly hash: string
  readonly length: number
  readonly ms: number
  readonly switches: number
  /** Calls of functions that can reach a switch, by their twins and otherwise. */
  readonly entered: number
  readonly plain: number
  /** The error that ended it. */
  readonly failure: string | undefined
}

/** What a process gave. */
export interface Report {
  readonly runs: { [way in string | number]?: Run }
  readonly size: { readonly before: number; readonly after: number } | undefined
  /** Who was entered plainly most often inside, and by whom. */
  callers: string[] | undefined
}
