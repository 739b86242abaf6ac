import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { CommandError } from './command.ts'

/*
 * plait-colorless is a package of its own, with a parser in it: it is loaded where it is asked for, and plait does not
 * need it. Its types are those of plait-colorless, as far as the command uses it.
 */

/** `plait-colorless/register`: from then on what this thread loads is transformed. */
export interface Loader {
  readonly registerUrl: string
  startWith(path: string): void
}

/** `plait-colorless`. */
export interface Analysis {
  explain(question: string, options: { files?: readonly string[]; cwd?: string }): Explanation
}

interface Place {
  readonly path: string
  readonly line: number
  readonly column: number
}

export interface FunctionReport extends Place {
  readonly name: string
  readonly verdict: 'suspendable' | 'plain' | 'hindered'
  readonly obstacle: string | undefined
  readonly first: (Place & { readonly what: string; readonly sourceLine: string }) | undefined
  readonly packages: readonly {
    readonly name: string
    readonly kind: 'plait' | 'listed' | 'unlisted' | 'builtin'
  }[]
}

export type Explanation = {
  readonly unread: readonly { readonly path: string; readonly reason: string }[]
} & (
  | { readonly kind: 'found'; readonly functions: readonly FunctionReport[] }
  | { readonly kind: 'unknown'; readonly nearest: readonly string[] }
)

/**
 * Loads a part of plait-colorless: the one that the program would find, else the one beside this plait.
 *
 * @param folder where the program is
 * @param need what it is needed for, in messages
 */
export function loadColorless<T>(part: string, folder: string, need: string): T {
  for (const from of [join(folder, 'package.json'), import.meta.url]) {
    try {
      return createRequire(from)(part) as T
    } catch (error) {
      if (!isAbsent(error)) throw error
    }
  }
  const where = relative(process.cwd(), folder) || '.'
  throw new CommandError(
    `${need} needs plait-colorless, which is not installed where ${where} would find it: npm install --save-dev plait-colorless`,
  )
}

/** A mistake in the configuration is told in one line. */
export function asking<T>(ask: () => T): T {
  try {
    return ask()
  } catch (error) {
    if (error instanceof Error && error.constructor.name === 'ConfigurationError')
      throw new CommandError(error.message)
    throw error
  }
}

function isAbsent(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException
  const isMissing = code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND'
  return isMissing && /['"]plait-colorless(?:\/\w+)?['"]/.test(message)
}
