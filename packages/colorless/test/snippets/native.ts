/*
 * What the tests take from the engine itself, by `require`: transformed programs load the runtime natively, and it must be the one instance
 * that the harness has, not a second one of the test runner's.
 */
export { transform } from '../../src/transform/transform.ts'
export { CALLS, REST } from './forcing.ts'
export { expected, isRunnable, runPlainly, runTransformed } from './harness.ts'
export { Folder, type Transform } from './load.ts'
export { names } from './names.ts'
