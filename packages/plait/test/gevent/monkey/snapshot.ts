import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** All that is in a directory: kinds, modes, contents. Read by untransformed code. */
export function snapshot(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map(name => (name.startsWith('new-') ? 'new-' : `${name} ${describe(join(dir, name))}`))
    .toSorted()
}

function describe(file: string): string {
  const stats = lstatSync(file)
  const mode = stats.mode.toString(8)
  if (stats.isSymbolicLink()) return `${mode} -> ${readlinkSync(file).replace(/^.*\//, '')}`
  return stats.isFile() ? `${mode} ${readFileSync(file, 'latin1')}` : mode
}
