/**
 * The life of a coroutine: created, running, suspended, closed; how it is primed; and the four ways in which it ends.
 *
 *     created ──next──▶ running ──yield──▶ suspended ──send──▶ running ──return, or an error──▶ closed
 */
import { type Coroutine, coroutine, primed } from 'plait'

const STOP = null // a sentinel: a value that says there will be no more
class Reset extends Error {}

/** Adds up what it is sent, and gives the sum so far. Reset, thrown in, starts it again at zero. */
function* adder(): Generator<number, number, number | null> {
  let sum = 0
  while (true) {
    try {
      const n = yield sum
      if (n === STOP) return sum
      if (!Number.isFinite(n)) throw new RangeError(`cannot add ${n}`)
      sum += n
    } catch (error) {
      if (!(error instanceof Reset)) throw error
      sum = 0
    }
  }
}

export default function* main() {
  theFourStates()
  priming()
  endBySentinel()
  endByError()
  endByThrow()
  endByClose()
}

function theFourStates() {
  console.log('The four states')
  const ask = coroutine(function* ask(): Generator<string, void, string> {
    console.log(`  inside: ${asking.state}`)
    const answer = yield 'your name?'
    console.log(`  inside, with "${answer}": ${asking.state}`)
  })
  const asking: Coroutine<void, string, string> = ask()
  console.log(`  made: ${asking.state}`)
  asking.next()
  console.log(`  at its yield: ${asking.state}`)
  asking.send('Ada')
  console.log(`  at its end: ${asking.state}`)
}

function priming() {
  console.log('Priming')
  const sum = coroutine(adder)()
  report('send(5) before the first yield', () => sum.send(5))
  console.log(`  so first next(): ${sum.next().value}`)
  console.log(`  then send(5): ${sum.send(5).value}`)
  const ready = primed(adder) // each one it makes has had its next() already
  console.log(`  primed, send(5) at once: ${ready().send(5).value}`)
}

function endBySentinel() {
  console.log('Ended by a sentinel')
  const sum = primed(adder)()
  sum.send(20)
  sum.send(22)
  const { done, value } = sum.send(STOP)
  console.log(`  done: ${done}, value: ${value}, state: ${sum.state}`)
}

function endByError() {
  console.log('Ended by an error of its own: it bubbles up to the sender')
  const sum = primed(adder)()
  report('send(NaN)', () => sum.send(Number.NaN))
  console.log(`  state: ${sum.state}`)
  console.log(`  send(1) finds nobody: done is ${sum.send(1).done}`)
}

function endByThrow() {
  console.log('Thrown into')
  const sum = primed(adder)()
  sum.send(10)
  console.log(`  throw(Reset) is handled inside: sum ${sum.throw(new Reset()).value}, state: ${sum.state}`)
  report('throw(Error) is not', () => sum.throw(new Error('stop it')))
  console.log(`  state: ${sum.state}`)
}

function endByClose() {
  console.log('Closed')
  const tidy = primed(function* tidy(): Generator<void, void, void> {
    try {
      yield
      console.log('  this line is never reached')
    } finally {
      console.log('  finally: the lights are switched off')
    }
  })
  const room = tidy()
  room.close()
  console.log(`  state: ${room.state}`)
}

function report(what: string, step: () => unknown) {
  try {
    step()
  } catch (error) {
    console.log(`  ${what}: ${error}`)
  }
}
