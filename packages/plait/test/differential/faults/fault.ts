/** One rule of asyncio, broken. */
export interface Fault {
  readonly trap: number
  readonly what: string
  /** A file of packages/plait/src. */
  readonly file: string
  /** Stands in the file exactly once. */
  readonly find: string
  readonly replace: string
}
