import { EventEmitter } from 'node:events'
import { Readable, Writable } from 'node:stream'
import type {
  ReadableStream as NodeReadableStream,
  WritableStream as NodeWritableStream,
} from 'node:stream/web'
import {
  type Awaitable,
  asyncGenerator,
  Channel,
  type Emit,
  type EventFlow,
  events,
  type Flow,
  type Future,
  fromCallback,
  once,
  pipe,
  select,
  sleep,
  sourceOf,
  toReadableStream,
} from '../../src/index.ts'
import { assertType, type Equal } from './assert-type.ts'

/* What the compiler must accept and refuse of bridges. Compiled, never run. */

declare const web: ReadableStream<Uint8Array<ArrayBuffer>>
declare const nodeWeb: NodeReadableStream<string>
declare const webSink: WritableStream<Uint8Array<ArrayBuffer>>
declare const nodeWebSink: NodeWritableStream<string>
declare const readable: Readable
declare const writable: Writable
declare const numbers: Channel<number>
declare const socket: WebSocket

assertType<Equal<ReturnType<typeof sourceOf<number>>, Flow<number>>>()
const fromList = sourceOf([1, 2])
assertType<Equal<typeof fromList, Flow<number>>>()
const fromWeb = sourceOf(web)
assertType<Equal<typeof fromWeb, Flow<Uint8Array<ArrayBuffer>>>>()
const fromNodeWeb = sourceOf(nodeWeb)
assertType<Equal<typeof fromNodeWeb, Flow<string>>>()
const fromChannel = sourceOf(numbers)
assertType<Equal<typeof fromChannel, Flow<number>>>()
sourceOf<Buffer>(readable)
// @ts-expect-error no items in it
sourceOf(5)
// @ts-expect-error a function of sources is to be called
sourceOf(function* () {})

pipe(numbers, new Channel<number>())
pipe([1, 2], numbers)
// @ts-expect-error strings do not fit into it
pipe(['a'], numbers)
pipe(web, webSink)
pipe(nodeWeb, nodeWebSink)
// @ts-expect-error strings do not fit into it
pipe(nodeWeb, webSink)
pipe(readable, writable)
pipe(readable, numbers)
pipe(web, process.stdout, { preventClose: true })
pipe(Readable.toWeb(readable), Writable.toWeb(writable))
pipe(web, new DecompressionStream('gzip').writable)
// @ts-expect-error a list takes nothing
pipe(web, [])

const stream = toReadableStream(numbers)
assertType<Equal<typeof stream, ReadableStream<number>>>()

const lines = events<[line: string]>(new EventEmitter(), 'line')
assertType<Equal<typeof lines, EventFlow<[line: string]>>>()
const anything = events(process, 'exit')
assertType<Equal<typeof anything, EventFlow<unknown[]>>>()
const messages = events<MessageEvent<string>>(socket, 'message')
assertType<Equal<typeof messages, EventFlow<MessageEvent<string>>>>()
const plain = events(new EventTarget(), 'load')
assertType<Equal<typeof plain, EventFlow<Event>>>()
const typed = new EventEmitter<{ tick: [number] }>()
events<[number]>(typed, 'tick', { overflow: 'dropOldest', close: ['end', 'close'] })
// @ts-expect-error there is no such way
events(typed, 'tick', { overflow: 'drop' })
const opened = once(socket, 'open')
assertType<Equal<typeof opened, Future<Event>>>()
const exit = once<[code: number]>(process, 'exit')
assertType<Equal<typeof exit, Future<[code: number]>>>()

export function* selecting() {
  const choice = yield* select({ line: lines.next(), closed: opened, tick: sleep(5) })
  if (choice.kind === 'line' && choice.value.done !== true)
    assertType<Equal<typeof choice.value.value, [line: string]>>()
  // @ts-expect-error it may be undone at any time, but not so that nothing is lost
  yield* select({ called: fromCallback<number>(() => {}) })
}

const called = fromCallback<number>((resolve, reject) => {
  resolve(5)
  reject(new Error('no'))
  return () => {}
})
assertType<Equal<typeof called, Awaitable<number>>>()
// @ts-expect-error a timer undoes nothing
fromCallback<void>(resolve => setTimeout(resolve, 5))

const pages = asyncGenerator(function* pages(emit: Emit<string>, url: string, limit = 5) {
  for (let n = 0; n < limit; n += 1) {
    yield* sleep(1)
    yield* emit(`${url}?page=${n}`)
  }
  // @ts-expect-error it gives strings
  yield* emit(5)
})
assertType<Equal<typeof pages, (this: unknown, url: string, limit?: number) => Flow<string>>>()
pages('a')
// @ts-expect-error it takes a text
pages(5)
const ticks = asyncGenerator(async (emit: Emit<number>) => {
  await emit(5)
})
assertType<Equal<ReturnType<typeof ticks>, Flow<number>>>()
// @ts-expect-error a function that waits for nothing
asyncGenerator((_emit: Emit<number>) => 5)
