import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const SOURCE = /\.[cm]?[jt]s$/
const DECLARATIONS = /\.d\.[cm]?ts$/

/** The sources among files and folders, those of folders found by looking through them; without packages and hidden folders. */
export function sourceFiles(
  named: readonly string[],
  cwd: string,
  isLeftOut: (path: string) => boolean,
): string[] {
  const found = named.flatMap(name => {
    const path = resolve(cwd, name)
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? filesIn(path, isLeftOut) : [path]
  })
  return [...new Set(found)]
}

function filesIn(folder: string, isLeftOut: (path: string) => boolean): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.name.startsWith('.') || entry.name === 'node_modules' || isLeftOut(path)) return []
    if (entry.isDirectory()) return filesIn(path, isLeftOut)
    return entry.isFile() && SOURCE.test(entry.name) && !DECLARATIONS.test(entry.name) ? [path] : []
  })
}
