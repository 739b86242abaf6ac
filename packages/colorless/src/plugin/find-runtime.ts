import { createRequire } from 'node:module'
import { join } from 'node:path'

/** What transformed code imports its runtime from: a name of our own, for files that find no plait by themselves. */
export const RUNTIME = 'plait-colorless:runtime'

/** The module that is meant. */
export const RUNTIME_MODULE = 'plait/twins'

/**
 * The file of the runtime: of the project's own plait, else of the one beside this package.
 *
 * @throws Error if there is no plait
 */
export function findRuntime(root: string): string {
  for (const from of [join(root, 'package.json'), import.meta.url]) {
    try {
      return createRequire(from).resolve(RUNTIME_MODULE)
    } catch {}
  }
  throw new Error(`plait-colorless needs plait, which ${root} does not find: npm install plait`)
}
