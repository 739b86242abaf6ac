// The work of case 13, as plain functions of what they work with: transformed with it, or not.

export function computes({ fib }, n) {
  return fib(n)
}

export function parses({ parse }, sources) {
  let nodes = 0
  for (const source of sources)
    nodes += parse(source, { ecmaVersion: 'latest', sourceType: 'module' }).body.length
  return nodes
}

export function renders({ marked }, text, times) {
  let length = 0
  for (let n = 0; n < times; n++) length += marked.parse(text).length
  return length
}
