/**
 * Do two trees have the same leaves in the same order, whatever their shapes? Each is walked by a plain function that
 * calls itself, in a greenlet of its own, and the two walks are asked for one leaf at a time: nothing is collected, and
 * neither goes further than the first difference. Run with `plait run --colorless`.
 */
import { Greenlet, getcurrent } from 'plait/greenlet'

type Tree = string | readonly Tree[]

const end = 'no more'

/** Gives one leaf of a tree a call, then `end`. */
function leavesOf(tree: Tree) {
  const asking = getcurrent()
  function walk(node: Tree) {
    if (typeof node === 'string')
      asking.switch(node) // from however deep in the tree, to whoever asks
    else node.forEach(walk)
  }
  const walker = new Greenlet(() => {
    walk(tree)
    return end
  })
  return () => walker.switch()
}

function isSameFringe(left: Tree, right: Tree) {
  const nextLeft = leavesOf(left)
  const nextRight = leavesOf(right)
  for (;;) {
    const pair = [nextLeft(), nextRight()]
    console.log(`  ${pair.join(', ')}`)
    if (pair[0] !== pair[1]) return false
    if (pair[0] === end) return true
  }
}

function compare(title: string, left: Tree, right: Tree) {
  console.log(`${title}:`)
  console.log(`  ${isSameFringe(left, right) ? 'the same' : 'different'}`)
}

compare('of other shapes', [['a', 'b'], 'c', ['d']], ['a', [['b'], [[], 'c', 'd']]])
compare('with another leaf', [['a', 'b'], ['c', 'd'], 'e', 'f'], ['a', ['b', ['x', 'd', 'e', 'f']]])
compare('with one leaf more', ['a', ['b']], [['a', 'b', 'c']])
