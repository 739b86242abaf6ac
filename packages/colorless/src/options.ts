import type { Assumptions } from './transform/reach.ts'

/** What of a program is transformed, and what may be taken for granted: of the loader and of the bundler plugins. */
export interface ColorlessOptions {
  /** Packages whose files are transformed as well; else those of the program alone. */
  packages?: readonly string[] | undefined
  /** Files of the program that are left as they are: paths, folders, or patterns with `*`, `**`, `?` and `{a,b}`. */
  exclude?: readonly string[] | undefined
  /** What may be taken for granted; else nothing. */
  assume?: Partial<Assumptions> | undefined
}

/**
 * Something in the configuration cannot be meant: said in one line, with its place.
 *
 * @example
 * ```ts
 * try { explain('load') } catch (error) { if (error instanceof ConfigurationError) console.error(error.message) }
 * ```
 */
export class ConfigurationError extends Error {}

const KEYS: readonly string[] = ['packages', 'exclude', 'assume']
const ASSUMPTIONS: readonly string[] = ['builtins', 'closed']
const PACKAGE_NAME = /^(?:@[a-z\d~-][\w.~-]*\/)?[a-z\d~-][\w.~-]*$/i
/** Their code is what suspends and resumes: it cannot be suspended itself. */
const OURS: readonly string[] = ['plait', 'plait-colorless']

/**
 * Checks options that may come from anywhere.
 *
 * @param where what to call them in messages
 * @throws ConfigurationError that names the wrong key or value
 */
export function checkOptions(
  options: unknown,
  where: string,
  more: readonly string[] = [],
): asserts options is ColorlessOptions {
  if (!isRecord(options)) throw new ConfigurationError(`${where} must be an object, and is ${shown(options)}`)
  checkKeys(options, [...KEYS, ...more], where)
  const { packages, exclude, assume } = options
  if (packages !== undefined) checkPackages(packages, `${where}.packages`)
  if (exclude !== undefined) checkTexts(exclude, `${where}.exclude`)
  if (assume === undefined) return
  if (!isRecord(assume))
    throw new ConfigurationError(`${where}.assume must be an object, and is ${shown(assume)}`)
  checkKeys(assume, ASSUMPTIONS, `${where}.assume`)
  for (const [key, value] of Object.entries(assume))
    if (value !== undefined && typeof value !== 'boolean')
      throw new ConfigurationError(`${where}.assume.${key} must be true or false, and is ${shown(value)}`)
}

export function checkPackages(names: unknown, where: string): asserts names is readonly string[] {
  checkTexts(names, where)
  for (const name of names) {
    if (!PACKAGE_NAME.test(name))
      throw new ConfigurationError(`${where} names ${shown(name)}, which is no name of a package`)
    if (OURS.includes(name))
      throw new ConfigurationError(`${where} names ${name}, which is never transformed: leave it out`)
  }
}

export function checkTexts(list: unknown, where: string): asserts list is readonly string[] {
  if (!Array.isArray(list))
    throw new ConfigurationError(`${where} must be a list of texts, and is ${shown(list)}`)
  const wrong = list.findIndex(item => typeof item !== 'string' || item === '')
  if (wrong >= 0)
    throw new ConfigurationError(
      `${where} must be a list of texts, and its item ${wrong} is ${shown(list[wrong])}`,
    )
}

function checkKeys(record: Record<string, unknown>, known: readonly string[], where: string): void {
  const unknown = Object.keys(record).find(key => !known.includes(key))
  if (unknown !== undefined)
    throw new ConfigurationError(`${where} has no key "${unknown}": its keys are ${known.join(', ')}`)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? String(value)
}
