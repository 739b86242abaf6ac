/**
 * Two generators made by one function, stepped by turns: each keeps an index of its own.
 */
function* index(name: string) {
  for (let i = 0; ; i += 1) yield `${i} ${name}`
}

export default function* main() {
  const one = index('gen_one')
  const two = index('gen_two')
  for (let round = 0; round < 2; round += 1) {
    console.log(one.next().value)
    console.log(two.next().value)
  }
}
