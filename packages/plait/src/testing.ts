export { VirtualClock } from './loop/clock.ts'
export { runVirtual } from './testing/run-virtual.ts'
