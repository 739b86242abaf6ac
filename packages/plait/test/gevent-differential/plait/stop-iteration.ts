export { StopIteration } from '../../../src/gevent.ts'
