import { expect, test } from 'vitest'
import { remoteStack } from '../../src/executors/remote-stack.ts'

const frames = '\n    at step (file:///a.ts:1:1)\n    at coroutine main\n    in task main'

test.each([
  ['the title that it has', ['Error', 'no'], `Error: no${frames}`, ['Error: no', frames]],
  [
    'a title of many lines',
    ['Error', 'a\n    at b'],
    `Error: a\n    at b${frames}`,
    ['Error: a\n    at b', frames],
  ],
  ['a title without message', ['Error', ''], `Error${frames}`, ['Error', frames]],
  ['a title without name', ['', 'no'], `no${frames}`, ['no', frames]],
  [
    'the code in a title of Node',
    ['TypeError', 'no'],
    `TypeError [ERR_X]: no${frames}`,
    ['TypeError [ERR_X]: no', frames],
  ],
  [
    'a name that was given later',
    ['Named', 'a\n    at b'],
    `Error: a\n    at b${frames}`,
    ['Named: a\n    at b', frames],
  ],
  ['a name given later, without message', ['Named', ''], `Error${frames}`, ['Named', frames]],
  ['a message that was changed', ['Error', 'new'], `Error: old\nolder${frames}`, ['Error: new', frames]],
  ['a message that the old one ends with', ['Error', 'a'], `Error: banana${frames}`, ['Error: a', frames]],
  ['a message that is in a frame', ['Error', 'main'], `Error: old${frames}`, ['Error: main', frames]],
  ['no frames', ['Error', 'no'], 'Error: no', ['Error: no', '']],
  ['no frames and another title', ['Named', ''], 'Error', ['Named', '']],
  ['lines that are no frames', ['Error', 'no'], 'Oops\nin my own words', ['Error: no', '\nin my own words']],
  ['no stack', ['Error', 'no'], undefined, ['Error: no', '']],
] as const)('of %s', (_what, [name, message], stack, [title, rest]) => {
  expect(remoteStack(name, message, stack, 'worker 1')).toBe(`${title}\n    at worker 1${rest}`)
})
