import { expect, test } from 'vitest'
import { isPlainMember, NAMES_OF_BUILTINS } from '../../../../colorless/src/transform/natives.ts'
import { areas } from '../../../src/gevent/monkey/areas.ts'

/*
 * A function that calls only what cannot wait is left without a twin, so a call of a patched function in it would block in
 * silence. None of these may be taken for one that cannot.
 */

const names = Object.values(areas).flatMap(({ module, find, forms }) =>
  Object.keys(forms(find() as never)).map(name => [module, name.split('.').at(-1) as string] as const),
)

test('the transform takes no patched function for one that cannot wait', () => {
  expect(names.length).toBeGreaterThan(80)
  expect(names.filter(([module, name]) => isPlainMember(module, name))).toEqual([])
})

test('told to take methods for those of the language by their names, it takes dns.reverse for that of a list', () => {
  const taken = names.filter(([, name]) => NAMES_OF_BUILTINS.has(name))
  // Called without a callback as ever, it throws: the mistake is not silent.
  expect(taken).toEqual([
    ['dns', 'reverse'],
    ['dns', 'reverse'],
  ])
})
