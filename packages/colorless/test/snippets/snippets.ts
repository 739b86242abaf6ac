import { accessors } from './programs/accessors.ts'
import { asynchronous } from './programs/async.ts'
import { builtIns } from './programs/built-ins.ts'
import { calls } from './programs/calls.ts'
import { classes } from './programs/classes.ts'
import { destructuring } from './programs/destructuring.ts'
import { exceptions } from './programs/exceptions.ts'
import { fields } from './programs/fields.ts'
import { functions } from './programs/functions.ts'
import { generators } from './programs/generators.ts'
import { iteration } from './programs/iteration.ts'
import { loops } from './programs/loops.ts'
import { modules } from './programs/modules.ts'
import { operators } from './programs/operators.ts'
import { optionalChains } from './programs/optional-chains.ts'
import { protocols } from './programs/protocols.ts'
import { sloppy } from './programs/sloppy.ts'
import { supers } from './programs/super.ts'
import { text } from './programs/text.ts'
import { using } from './programs/using.ts'
import type { Snippet } from './snippet.ts'

/** All programs, by what they are about. */
export const SNIPPETS: Readonly<Record<string, readonly Snippet[]>> = {
  ...{
    accessors,
    calls,
    operators,
    'optional chains': optionalChains,
    destructuring,
    loops,
    iteration,
    exceptions,
  },
  ...{ functions, generators, classes, fields, super: supers, asynchronous, 'built-ins': builtIns },
  ...{ protocols, sloppy, modules, text, using },
}
