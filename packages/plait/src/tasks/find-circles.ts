/**
 * The circles in a graph, as a search in depth comes upon them: each as the list of those in it, in the order of the
 * edges. Walked, not called down, since lines may be of any length.
 */
export function findCircles<N>(nodes: readonly N[], edges: (node: N) => Iterable<N>): N[][] {
  const circles: N[][] = []
  const seen = new Set<N>()
  for (const start of nodes) {
    if (seen.has(start)) continue
    const path: N[] = []
    const places = new Map<N, number>()
    const open: Iterator<N>[] = []
    const enter = (node: N): void => {
      seen.add(node)
      places.set(node, path.length)
      path.push(node)
      open.push(edges(node)[Symbol.iterator]())
    }
    enter(start)
    while (open.length > 0) {
      const edge = (open[open.length - 1] as Iterator<N>).next()
      if (edge.done === true) {
        open.pop()
        places.delete(path.pop() as N)
        continue
      }
      const place = places.get(edge.value)
      if (place !== undefined) circles.push(path.slice(place))
      else if (!seen.has(edge.value)) enter(edge.value)
    }
  }
  return circles
}
