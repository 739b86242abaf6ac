import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { scopeOf } from './package-scope.ts'

/** Whether this is the source, which Node runs as it is, or what was built of it. */
const isSource: boolean = import.meta.url.endsWith('.ts')

/** The folder of this package. */
export const ownRoot: string =
  scopeOf(fileURLToPath(import.meta.url))?.folder ?? dirname(fileURLToPath(import.meta.url))

/** The file of an entry of this package. */
export function ownEntry(name: string): string {
  return isSource ? join(ownRoot, 'src', `${name}.ts`) : join(ownRoot, 'dist', `${name}.js`)
}

/** Tells states of this package apart: where it is, its version and those of its dependencies, and its files. */
export function ownState(): string {
  const folder = join(ownRoot, isSource ? 'src' : 'dist')
  const files = (readdirSync(folder, { recursive: true }) as string[])
    .filter(file => /\.[jt]s$/.test(file))
    .sort()
  const stamps = files.map(file => {
    const { size, mtimeMs } = statSync(join(folder, file))
    return `${file} ${size} ${mtimeMs}`
  })
  return [ownRoot, readFileSync(join(ownRoot, 'package.json'), 'utf8'), ...stamps].join('\n')
}
