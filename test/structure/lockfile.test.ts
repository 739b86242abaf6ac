import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

interface Lock {
  packages: Record<string, { dependencies?: object; devDependencies?: object; optionalDependencies?: object }>
}
const { absentFromLockfile } = (await import(join(root, 'scripts/lockfile.mjs'))) as {
  absentFromLockfile(lock: Lock): { name: string }[]
}
const absent = (lock: Lock): string[] => absentFromLockfile(lock).map(({ name }) => name)

test('package-lock.json lists the packages of every platform; "npm run lockfile:complete" adds them', () => {
  expect(absent(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))).toEqual([])
})

test('the check finds what is named and not listed, however deep it is looked for', () => {
  const packages: Lock['packages'] = {
    '': { dependencies: { a: '1.0.0' }, devDependencies: { gone: '1.0.0' } },
    'node_modules/a': { dependencies: { b: '^1.0.0' }, optionalDependencies: { 'a-linux': '1.0.0' } },
    'node_modules/a/node_modules/b': { dependencies: { c: '1.0.0' }, devDependencies: { d: '1.0.0' } },
    'node_modules/c': { dependencies: { b: '1.0.0' } },
  }
  expect(absent({ packages })).toEqual(['gone', 'a-linux', 'b'])
})
