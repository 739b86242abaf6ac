/** How a program's text is loaded. */
export type Format = 'module' | 'commonjs'

/** The ways a program is run, each compared with the plain run of its untransformed text. */
export const WAYS = ['outside', 'inside', 'switching at every call', 'switching at every 3rd call'] as const

export type Way = (typeof WAYS)[number]

/** What a run of a program gives: every line it logged, and how it ended. */
export interface Outcome {
  readonly log: readonly string[]
  readonly end: string
}

/** What the language makes impossible to keep: the reason, and what is expected in its place. */
export interface Difference {
  readonly because: string
  readonly ways: readonly Way[]
  readonly log?: readonly string[]
  readonly end: RegExp
}

/**
 * A small program. It either has a whole `source`, or a body of `main` with what stands `before` it in the module; then
 * it has `log`, `pause`, `t`, `u`, `attempt` and `kind`, as plain functions of its own.
 */
export interface Snippet {
  readonly name: string
  readonly format?: Format
  readonly before?: string
  readonly main?: string
  readonly source?: string
  /** Other modules beside it, by file name; they are transformed as it is. */
  readonly files?: Readonly<Record<string, string>>
  /** Text that the engine must be able to parse, or the program is left out. */
  readonly needs?: string
  /** No call of the program can suspend, so that no switch is to be expected in it. */
  readonly still?: boolean
  /** Names that the stack of the error that ends it must hold. */
  readonly stack?: readonly string[]
  readonly differs?: Difference
}

const HELPERS = `
let log, pause
function t(label, value = label) { log(label); return value }
function u(label) { log(label) }
function attempt(f) { try { return f() } catch (error) { log(error.name + ': ' + error.message) } }
function kind(f) { try { return f() } catch (error) { log(error.name) } }
function main(write, wait) { log = write; pause = wait; return body() }
`

/** The text of a program, which exports `main(log, pause)`. */
export function textOf(snippet: Snippet): string {
  if (snippet.source !== undefined) return snippet.source
  const exports = snippet.format === 'commonjs' ? 'module.exports = { main }' : 'export { main }'
  const body = `function body() {${snippet.main ?? ''}}`
  return `${HELPERS.trim()}\n${snippet.before ?? ''}\n${body}\n${exports}\n`
}
