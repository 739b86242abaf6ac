import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** A folder with a package.json, and what is asked of it. */
export interface PackageScope {
  readonly folder: string
  readonly name: string | undefined
  /** Its field `plait`. */
  readonly plait: unknown
}

const known = new Map<string, PackageScope | undefined>()

/** The package that a file belongs to: that of the nearest package.json above it. */
export function scopeOf(path: string): PackageScope | undefined {
  return scopeOfFolder(dirname(path))
}

export function scopeOfFolder(folder: string): PackageScope | undefined {
  if (known.has(folder)) return known.get(folder)
  const parent = dirname(folder)
  const scope =
    read(folder) ??
    (parent === folder || basename(folder) === 'node_modules' ? undefined : scopeOfFolder(parent))
  known.set(folder, scope)
  return scope
}

function read(folder: string): PackageScope | undefined {
  let text: string
  try {
    text = readFileSync(join(folder, 'package.json'), 'utf8')
  } catch {
    return undefined
  }
  const manifest = parsed(text)
  return {
    folder,
    name: typeof manifest.name === 'string' ? manifest.name : undefined,
    plait: manifest.plait,
  }
}

/** One that cannot be read is for Node to complain of. */
function parsed(text: string): { name?: unknown; plait?: unknown } {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** The package of node_modules that a file is in, by the name it is imported by; undefined outside of node_modules. */
export function installedPackage(path: string): string | undefined {
  const parts = path.split(/[\\/]/)
  const at = parts.lastIndexOf('node_modules')
  if (at < 0) return undefined
  const first = parts[at + 1] ?? ''
  return first.startsWith('@') ? `${first}/${parts[at + 2]}` : first
}
