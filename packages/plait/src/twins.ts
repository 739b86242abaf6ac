export { give, lend } from './coroutine/twin.ts'
export { bind } from './twins/bind.ts'
export { c0, c1, c2, c3, c4, cn, e, m0, m1, m2, m3, m4, mn, S } from './twins/enter.ts'
export { sync, wrap } from './twins/sync.ts'
