import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { lineSide } from './line-side.ts'
import type { Side } from './program.ts'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

const flags: readonly string[] = [
  ...['--import', path('../../../colorless/test/loader/from-source.ts')],
  ...['--import', path('../../../colorless/src/register.ts')],
]

/** What runs programs on Plait, in a process of its own: there they are transformed. */
export function startPlait(): Side {
  return lineSide('plait', () =>
    spawn(process.execPath, [...flags, path('plait/child.ts')], { stdio: ['pipe', 'pipe', 'pipe'] }),
  )
}
