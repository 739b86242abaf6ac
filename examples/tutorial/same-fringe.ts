/**
 * Do two trees have the same leaves in the same order, whatever their shapes? Two walks are asked for one leaf at a time:
 * nothing is collected, and neither goes further than the first difference. In generators there are two ways: greenlets,
 * from which any depth switches to whoever asks, and generators alone, through which each leaf is handed up.
 */
import type { Operation } from 'plait'
import { Greenlet, getcurrent, switchTo } from 'plait/greenlet'

type Tree = string | readonly Tree[]

const end = 'no more'

/** Gives one leaf of a tree a call, then `end`. */
function leavesOf(tree: Tree) {
  const asking = getcurrent()
  function* walk(node: Tree): Operation<void> {
    if (typeof node === 'string') yield* switchTo(asking, node)
    else for (const child of node) yield* walk(child)
  }
  const walker = new Greenlet(function* () {
    yield* walk(tree)
    return end
  })
  return () => switchTo(walker)
}

function* isSameFringe(left: Tree, right: Tree) {
  const nextLeft = leavesOf(left)
  const nextRight = leavesOf(right)
  for (;;) {
    const pair = [yield* nextLeft(), yield* nextRight()]
    console.log(`  ${pair.join(', ')}`)
    if (pair[0] !== pair[1]) return false
    if (pair[0] === end) return true
  }
}

function* leaves(node: Tree): Generator<string, void> {
  if (typeof node === 'string') yield node
  else for (const child of node) yield* leaves(child)
}

/** The same question, put to two generators. */
function isSameToGenerators(left: Tree, right: Tree) {
  const ofRight = leaves(right)
  for (const leaf of leaves(left)) if (leaf !== ofRight.next().value) return false
  return ofRight.next().done === true
}

function* compare(title: string, left: Tree, right: Tree) {
  console.log(`${title}:`)
  console.log(`  ${(yield* isSameFringe(left, right)) ? 'the same' : 'different'}`)
  console.log(`  to generators: ${isSameToGenerators(left, right) ? 'the same' : 'different'}`)
}

export default function* main() {
  yield* compare('of other shapes', [['a', 'b'], 'c', ['d']], ['a', [['b'], [[], 'c', 'd']]])
  yield* compare('with another leaf', [['a', 'b'], ['c', 'd'], 'e', 'f'], ['a', ['b', ['x', 'd', 'e', 'f']]])
  yield* compare('with one leaf more', ['a', ['b']], [['a', 'b', 'c']])
}
