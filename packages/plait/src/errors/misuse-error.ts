/**
 * The library was used in a way that cannot work. `code` names the mistake; the message says what happened, with
 * which value, and what to write instead.
 *
 * @example
 * ```ts
 * try { echo().send(5) } catch (error) { if (error instanceof MisuseError) console.log(error.code) } // 'sentBeforeStart'
 * ```
 */
export class MisuseError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
MisuseError.prototype.name = 'MisuseError'

type Table = Readonly<Record<string, (...details: never[]) => string>>

/** The error for one row of a table. */
export function fromTable(table: Table, code: string, details: readonly unknown[]): MisuseError {
  const message = table[code] as (...details: readonly unknown[]) => string
  return new MisuseError(code, message(...details))
}
