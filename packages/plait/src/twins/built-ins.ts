import './array-from-twin.ts'
import './array-search-twins.ts'
import './array-sort-twins.ts'
import './array-twins.ts'
import './collection-twins.ts'
import './function-twins.ts'
import './string-twins.ts'
import { colorless } from '../coroutine/twin.ts'
import { installedNames } from './install.ts'

/**
 * The language's own functions that can be suspended underneath: those that call a function they are given. Each does to
 * the letter what it does without a twin.
 */
export const builtIns: readonly string[] = installedNames()

colorless.isOn = true

// A call of a twin takes three lines of a stack, so ten would tell of three functions.
if (Error.stackTraceLimit === 10) Error.stackTraceLimit = 64
