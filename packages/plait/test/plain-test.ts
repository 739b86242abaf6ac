import { test } from 'vitest'
import { run } from '../src/index.ts'

/** A test whose body is a plain function that may wait, run as the main greenlet of a program in virtual time. Its file ends in `.plain.test.ts`. */
export function plainTest(name: string, body: () => void): void {
  test(name, () => run(body, { clock: 'virtual' }))
}
