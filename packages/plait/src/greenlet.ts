export { CannotSuspendError } from './errors/cannot-suspend-error.ts'
export { call } from './greenlet/call.ts'
export { sleep } from './greenlet/sleep.ts'
export { until } from './greenlet/until.ts'
