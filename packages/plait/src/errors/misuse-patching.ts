import { fromTable, type MisuseError } from './misuse-error.ts'
import { show } from './show.ts'

/** What can be done wrong with patching. */
const TABLE = {
  unknownArea: (key: string, known: readonly string[]) =>
    `patchAll has no option ${show(key)}: there are ${known.join(', ')}`,
  areaNotBoolean: (key: string, value: unknown) =>
    `patchAll({ ${key} }) takes true or false, and got ${show(value)}`,
  noSuchModule: (name: string) =>
    `there is no ${name} here to patch: it is a part of Node.js, which this program does not run on`,
  unknownModule: (name: unknown) =>
    `getOriginal takes the name of a module of Node.js, as 'fs' is, or 'Atomics', and there is no ${show(name)}`,
  unknownItem: (module: string, item: unknown) =>
    `there is no ${show(item)} in ${module}: name what it exports, as in getOriginal('fs', 'readFileSync')`,
  notPatchable: (module: string, item: unknown, known: readonly string[]) =>
    `a subscriber has put ${show(item)} on the list of what to patch in ${module}, which knows of ${known.join(', ')}: names may be taken off that list alone`,
  noNames: () => 'names are looked up by node:dns, which is not here: this program does not run on Node.js',
  badPort: (value: unknown) =>
    `a port is a number from 0 to 65535, or its digits, and is not ${show(value)}: look up what a service is called beforehand`,
  notASubscriber: (value: unknown) =>
    `subscribe(…) takes a function, which is called with each event, and got ${show(value)}`,
} as const

type Code = keyof typeof TABLE

/** The codes of the mistakes in this table. */
export const codes: readonly string[] = Object.keys(TABLE)

/** The error for one row of the table. */
export function misuse<C extends Code>(code: C, ...details: Parameters<(typeof TABLE)[C]>): MisuseError {
  return fromTable(TABLE, code, details)
}
