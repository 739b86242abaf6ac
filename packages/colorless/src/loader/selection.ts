import { join } from 'node:path'
import { installedPackage, scopeOf } from '../package-scope.ts'
import { matcher } from '../patterns.ts'
import type { Configuration } from './configuration.ts'

/** The folders with what suspends and resumes, and so cannot be suspended: never transformed, wherever a copy of it is. */
const OWN_FOLDERS = ['src', 'dist', 'bin']
const OWN_PACKAGES: readonly (string | undefined)[] = ['plait', 'plait-colorless']

/** Which files are transformed: those of the program, and of the packages that are named. */
export class Selection {
  readonly #packages: ReadonlySet<string>
  readonly #excludes: (path: string) => boolean

  constructor({ root, packages, exclude }: Configuration) {
    this.#packages = new Set(packages)
    this.#excludes = matcher(exclude, root)
  }

  includes(path: string): boolean {
    const installed = installedPackage(path)
    if (installed !== undefined && !this.#packages.has(installed)) return false
    return !isOwn(path) && !this.#excludes(path)
  }
}

function isOwn(path: string): boolean {
  const scope = scopeOf(path)
  if (scope === undefined || !OWN_PACKAGES.includes(scope.name)) return false
  return OWN_FOLDERS.some(folder => path.startsWith(join(scope.folder, folder, '/')))
}
