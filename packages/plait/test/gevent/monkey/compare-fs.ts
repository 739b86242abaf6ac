import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { patchFs } from '../../../src/gevent/monkey.ts'
import { blocking, inGreenlet, told } from './both-ways.ts'
import { snapshot } from './snapshot.ts'

/** Calls of each function, in a directory that has something of each kind in it. */
export type Calls = Readonly<Record<string, readonly ((dir: string) => unknown)[]>>

/** The functions for what files hold; the others are for where they are. */
export const BY_CONTENT: readonly string[] = [
  'readFileSync',
  'writeFileSync',
  'appendFileSync',
  'openSync',
  'closeSync',
  'readSync',
  'writeSync',
  'readvSync',
  'writevSync',
  'fstatSync',
  'fchmodSync',
  'fchownSync',
  'futimesSync',
  'truncateSync',
  'ftruncateSync',
  'fsyncSync',
  'fdatasyncSync',
]

/** Refused before anything was begun: there is nothing to wait for. */
const REFUSED = /^ERR_(?:INVALID|OUT_OF_RANGE|UNKNOWN|FS_INVALID)/

/** Tests that each call gives, throws and does in a greenlet what it does elsewhere: it is made in two directories that are alike. */
export function compareFs(calls: Calls): void {
  let place = ''
  let count = 0

  beforeAll(() => {
    place = fs.mkdtempSync(join(tmpdir(), 'plait-fs-'))
    patchFs()
  })

  afterAll(() => fs.rmSync(place, { recursive: true }))

  describe.each(Object.keys(calls))(
    'fs.%s gives, throws and does in a greenlet what it does elsewhere',
    name => {
      const list = (calls[name] ?? []).map((call, index) => [index + 1, call] as const)
      test.each(list)('call %i', async (_, call) => {
        const [here, there] = [1, 2].map(() => {
          count += 1
          return furnished(join(place, String(count)))
        }) as [string, string]
        const plain = blocking(call, here)
        const green = await inGreenlet(call, there)
        expect(told(green, [[there, 'D']])).toEqual(told(plain, [[here, 'D']]))
        expect(snapshot(there)).toEqual(snapshot(here))
        const { code } = (plain.error ?? {}) as { code?: string }
        if (!REFUSED.test(code ?? '')) expect(green.hasWaited).toBe(true)
      })
    },
  )
}

function furnished(dir: string): string {
  fs.mkdirSync(join(dir, 'dir', 'sub'), { recursive: true })
  fs.writeFileSync(join(dir, 'a'), 'hello')
  fs.writeFileSync(join(dir, 'dir', 'x'), 'one')
  fs.writeFileSync(join(dir, 'dir', 'sub', 'y'), 'two')
  fs.mkdirSync(join(dir, 'empty'))
  fs.symlinkSync('a', join(dir, 'link'))
  fs.symlinkSync('loop', join(dir, 'loop'))
  return dir
}
