import { inspecting } from '../coroutine/location.ts'
import { hostLoop } from '../tasks/current.ts'
import { currentHolder } from '../tasks/holder.ts'
import { allTasks } from '../tasks/introspection.ts'
import type { Task } from '../tasks/task.ts'
import { ALL_DETAILS, labelOf, linesAbout, type TreeDetails } from './greenlet-tree-lines.ts'
import { getHub } from './hub.ts'

type Children = ReadonlyMap<Task<unknown> | undefined, readonly Task<unknown>[]>

/**
 * Greenlets by who has spawned them: a greenlet, or another task, and the trees of those it has spawned. As text it is
 * what they are called and wait for; `format()` tells more.
 *
 * @example
 * ```ts
 * spawn(serve)
 * console.log(GreenletTree.currentTree()?.format())
 * ```
 * @see gevent.util.GreenletTree
 */
export class GreenletTree {
  readonly greenlet: Task<unknown>
  /** Whether the running greenlet is in this tree, which is a whole one. */
  readonly isCurrentTree: boolean
  readonly #children: Children

  private constructor(greenlet: Task<unknown>, children: Children, isCurrentTree: boolean) {
    this.greenlet = greenlet
    this.isCurrentTree = isCurrentTree
    this.#children = children
  }

  /**
   * The trees of all that is alive on the loop, started at least. A program is one tree, with those in it as well whose
   * spawner is over; on the loop that serves the thread outside of any program, each of these is a tree of its own.
   */
  static forest(): GreenletTree[] {
    const { loop } = getHub()
    const tasks = allTasks(loop)
    const children = new Map<Task<unknown> | undefined, Task<unknown>[]>()
    for (const task of tasks) {
      const siblings = children.get(task.parent)
      if (siblings === undefined) children.set(task.parent, [task])
      else siblings.push(task)
    }
    let roots = children.get(undefined) ?? []
    const [main, ...orphans] = roots
    if (main !== undefined && loop !== hostLoop.loop) {
      children.set(main, [...(children.get(main) ?? []), ...orphans])
      roots = [main]
    }
    const current = rootAmong(roots, currentHolder())
    return roots.map(root => new GreenletTree(root, children, root === current))
  }

  /** The tree that the running greenlet is in; undefined outside of any. */
  static currentTree(): GreenletTree | undefined {
    return GreenletTree.forest().find(tree => tree.isCurrentTree)
  }

  /** The trees of those it has spawned, in the order it did. */
  get childTrees(): GreenletTree[] {
    const children = this.#children.get(this.greenlet) ?? []
    return children.map(child => new GreenletTree(child, this.#children, false))
  }

  /** This tree and all beneath it, each before those it has spawned. */
  *walk(): Generator<GreenletTree, void, undefined> {
    const left: GreenletTree[] = [this]
    for (let tree = left.pop(); tree !== undefined; tree = left.pop()) {
      yield tree
      left.push(...tree.childTrees.reverse())
    }
  }

  /** As text, line by line. `details`: all that is known, or nothing more than the names, or what is chosen. */
  formatLines(details: boolean | TreeDetails = true): string[] {
    const wanted = details === true ? ALL_DETAILS : details === false ? {} : { ...ALL_DETAILS, ...details }
    const render = (): string[] => this.#render(wanted)
    return wanted.runningStacks === true ? inspecting(render) : render()
  }

  /** As text: see `formatLines`. */
  format(details: boolean | TreeDetails = true): string {
    return this.formatLines(details).join('\n')
  }

  toString(): string {
    return this.format(false)
  }

  /** Not by calls of itself: a line of greenlets may be longer than the engine's stack is deep. */
  #render(details: TreeDetails): string[] {
    const lines: string[] = []
    const left = [{ tree: this as GreenletTree, head: '', rest: '' }]
    for (let place = left.pop(); place !== undefined; place = left.pop()) {
      const { tree, head, rest } = place
      const children = tree.childTrees
      const data = `${rest}${children.length > 0 ? ' |' : '  '}    `
      lines.push(head + labelOf(tree.greenlet))
      for (const line of linesAbout(tree.greenlet, details)) lines.push(data + line)
      for (const [i, child] of children.reverse().entries()) {
        left.push({ tree: child, head: `${rest} +--- `, rest: `${rest}${i === 0 ? '  ' : ' |'}    ` })
      }
    }
    return lines
  }
}

/** The root of the tree that a greenlet is in: of a program there is but one. */
function rootAmong(
  roots: readonly Task<unknown>[],
  greenlet: Task<unknown> | undefined,
): Task<unknown> | undefined {
  if (greenlet === undefined || roots.length === 1) return greenlet && roots[0]
  let root = greenlet
  for (let { parent } = root; parent !== undefined; { parent } = parent) root = parent
  return root
}
