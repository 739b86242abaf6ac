/**
 * Code that never heard of waiting, and waits: a walk over a tree that calls back, a sort that asks what to compare by, a
 * class that loads itself. None of it says so anywhere; only the innermost function, which everything else stands in, does.
 * Run with `plait run --colorless`.
 */
import { createTask, gather, seconds } from 'plait'
import { call, sleep, until } from 'plait/greenlet'
import { runVirtual } from 'plait/testing'

const sizes: Record<string, number> = { '/': 0, '/src': 0, '/src/b': 30, '/src/a': 50, '/readme': 20 }

/** As if it asked a server: half a second a question. */
function sizeOf(path: string) {
  sleep(seconds(0.5))
  return sizes[path] as number
}

interface Folder {
  readonly path: string
  readonly inside: readonly Folder[]
}

function walk({ path, inside }: Folder, visit: (path: string) => void) {
  visit(path)
  inside.forEach(one => {
    walk(one, visit)
  })
}

class Listing {
  readonly paths: string[] = []
  readonly total: number

  constructor(root: Folder) {
    walk(root, path => {
      if (sizeOf(path) > 0) this.paths.push(path)
    })
    this.total = this.paths.map(sizeOf).reduce((sum, size) => sum + size, 0)
  }

  *largestFirst() {
    yield* this.paths.toSorted((a, b) => sizeOf(b) - sizeOf(a))
  }
}

const leaf = (path: string): Folder => ({ path, inside: [] })
const root = {
  path: '/',
  inside: [{ path: '/src', inside: [leaf('/src/b'), leaf('/src/a')] }, leaf('/readme')],
}

function clock() {
  for (let second = 1; ; second += 1) {
    sleep(seconds(1))
    if (second % 3 === 0) console.log(`  ${second} s have gone by`)
  }
}

function list() {
  const listing = new Listing(root)
  for (const path of listing.largestFirst()) console.log(path)
  console.log(`${listing.total} in all`)
}

function program() {
  const ticking = createTask(clock)
  until(gather(call(list)))
  ticking.cancel()
}

export default async function main() {
  await runVirtual(call(program))
}
