import { realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type ColorlessOptions, ConfigurationError, checkOptions, checkPackages } from '../options.ts'
import { installedPackage, type PackageScope, scopeOf, scopeOfFolder } from '../package-scope.ts'

/** What the loader is told to do. */
export interface Configuration {
  /** The folder that paths in it start from: that of the program's package.json. */
  readonly root: string
  readonly packages: readonly string[]
  readonly exclude: readonly string[]
  readonly assume: NonNullable<ColorlessOptions['assume']>
}

/** Packages besides those in package.json, separated by commas. */
const PACKAGES = 'PLAIT_COLORLESS_PACKAGES'
/** The folder of the program, told to the processes and threads that it starts, whose own first file is one of plait's. */
const ROOT = 'PLAIT_COLORLESS_ROOT'

/**
 * Reads the configuration of a program: the field `plait.colorless` of the nearest package.json, and the environment.
 *
 * @param entry the first file of the program; without one, or where it is that of a tool, plait's own command for one, the
 * program is where the process is
 * @throws ConfigurationError that names the wrong key or value
 */
export function readConfiguration(entry: string | undefined): Configuration {
  const scope = programScope(entry)
  const root = scope?.folder ?? process.cwd()
  const field = fieldOf(scope)
  return {
    root,
    packages: [...new Set([...(field.packages ?? []), ...packagesOfEnvironment()])],
    exclude: field.exclude ?? [],
    assume: field.assume ?? {},
  }
}

/** Tells the processes and threads that this one starts whose program they are of. */
export function tellChildren({ root }: Configuration): void {
  process.env[ROOT] = root
}

function programScope(entry: string | undefined): PackageScope | undefined {
  const path = entry === undefined ? undefined : real(entry)
  const own = path === undefined ? undefined : scopeOf(path)
  const isTool = own?.name === 'plait' || (path !== undefined && installedPackage(path) !== undefined)
  if (own !== undefined && !isTool) return own
  const told = process.env[ROOT]
  return told === undefined ? scopeOfFolder(process.cwd()) : (scopeOfFolder(told) ?? own)
}

/** The command of a package is a link in node_modules/.bin, or anywhere. */
function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return resolve(path)
  }
}

function fieldOf(scope: PackageScope | undefined): ColorlessOptions {
  const { plait } = scope ?? {}
  if (scope === undefined || plait === undefined) return {}
  const where = join(scope.folder, 'package.json')
  if (typeof plait !== 'object' || plait === null || Array.isArray(plait))
    throw new ConfigurationError(`${where}: plait must be an object, and is ${JSON.stringify(plait)}`)
  const { colorless } = plait as { colorless?: unknown }
  if (colorless === undefined) return {}
  checkOptions(colorless, `${where}: plait.colorless`)
  return colorless
}

function packagesOfEnvironment(): string[] {
  const names = (process.env[PACKAGES] ?? '')
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')
  checkPackages(names, PACKAGES)
  return names
}
